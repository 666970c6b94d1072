using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;
using Weir.WireTests.Topics;

namespace Weir.WireTests.Buses;

public sealed class When_a_rule_calls_an_api_destination(SharedServer server)
{
    private const string Pattern = """{"source":["shop"]}""";

    [Theory, EveryServiceClient]
    public async Task Each_kind_of_authorization_arrives_and_no_secret_is_answered(string client)
    {
        var aws = Client(client, nameof(Each_kind_of_authorization_arrives_and_no_secret_is_answered));
        await using var receiver = new Receiver { BodyOf = path =>
            path == "/token" ? """{"access_token":"t0ken","token_type":"Bearer","expires_in":3600}""" : "" };
        await EventsAsync(aws, "PutRule", new() { ["Name"] = "all", ["EventPattern"] = Pattern });
        var kinds = new (string Kind, JsonObject Auth)[]
        {
            ("BASIC", new() { ["BasicAuthParameters"] = new JsonObject
            {
                ["Username"] = "ann", ["Password"] = "hidden-1",
            } }),
            ("API_KEY", new() { ["ApiKeyAuthParameters"] = new JsonObject
            {
                ["ApiKeyName"] = "X-Key", ["ApiKeyValue"] = "hidden-2",
            } }),
            ("OAUTH_CLIENT_CREDENTIALS", new() { ["OAuthParameters"] = new JsonObject
            {
                ["ClientParameters"] = new JsonObject { ["ClientID"] = "i", ["ClientSecret"] = "hidden-3" },
                ["AuthorizationEndpoint"] = $"{receiver.Address}token",
                ["HttpMethod"] = "POST",
            } }),
        };
        foreach (var (kind, auth) in kinds)
        {
            var arn = await DestinationAsync(aws, kind, auth, $"{receiver.Address}{kind}/*");
            var answer = await EventsAsync(aws, "PutTargets", new()
            {
                ["Rule"] = "all",
                ["Targets"] = new JsonArray(new JsonObject
                {
                    ["Id"] = kind,
                    ["Arn"] = arn,
                    ["HttpParameters"] = new JsonObject { ["PathParameterValues"] = new JsonArray("$.detail.id") },
                }),
            });
            Assert.Equal(0, (int)answer["FailedEntryCount"]!);
            var described = await EventsAsync(aws, "DescribeConnection", new() { ["Name"] = kind });
            Assert.DoesNotContain("hidden-", described.ToJsonString(), StringComparison.Ordinal);
        }

        await PutAsync(aws);

        var basic = await receiver.NextAsync("/BASIC/7");
        Assert.Equal("Basic " + Convert.ToBase64String("ann:hidden-1"u8), basic.Headers["Authorization"]);
        Assert.Equal("shop", (string?)basic.Json["source"]);
        Assert.Equal("hidden-2", (await receiver.NextAsync("/API_KEY/7")).Headers["X-Key"]);
        Assert.Equal("grant_type=client_credentials&client_id=i&client_secret=hidden-3",
            (await receiver.NextAsync("/token")).Body);
        Assert.Equal(
            "Bearer t0ken", (await receiver.NextAsync("/OAUTH_CLIENT_CREDENTIALS/7")).Headers["Authorization"]);
    }

    [Theory, EveryServiceClient]
    public async Task What_fails_is_tried_again_and_what_is_refused_is_dead_lettered(string client)
    {
        var aws = Client(client, nameof(What_fails_is_tried_again_and_what_is_refused_is_dead_lettered));
        await using var receiver = new Receiver
        {
            StatusOf = (path, before) => path == "/refused" ? 400 : before == 0 ? 503 : 200,
        };
        var dead = await aws.CreateAsync("dead");
        await EventsAsync(aws, "PutRule", new() { ["Name"] = "all", ["EventPattern"] = Pattern });
        foreach (var path in (string[])["refused", "busy"])
        {
            var arn = await DestinationAsync(
                aws, path, new() { ["ApiKeyAuthParameters"] = new JsonObject
                {
                    ["ApiKeyName"] = "X-Key", ["ApiKeyValue"] = "k",
                } }, $"{receiver.Address}{path}", "API_KEY");
            await EventsAsync(aws, "PutTargets", new()
            {
                ["Rule"] = "all",
                ["Targets"] = new JsonArray(new JsonObject
                {
                    ["Id"] = path,
                    ["Arn"] = arn,
                    ["DeadLetterConfig"] = new JsonObject { ["Arn"] = aws.ArnOf(dead) },
                }),
            });
        }

        await PutAsync(aws);

        var first = await receiver.NextAsync("/busy");
        Assert.Equal(first.Body, (await receiver.NextAsync("/busy")).Body);
        Assert.Equal(first.Body, (await aws.ReceiveOneAsync(dead)).Text);
    }

    private static async Task<string> DestinationAsync(
        SqsClient aws, string name, JsonObject auth, string endpoint, string? kind = null)
    {
        var connection = await EventsAsync(aws, "CreateConnection", new()
        {
            ["Name"] = name, ["AuthorizationType"] = kind ?? name, ["AuthParameters"] = auth,
        });
        return (string)(await EventsAsync(aws, "CreateApiDestination", new()
        {
            ["Name"] = name,
            ["ConnectionArn"] = (string?)connection["ConnectionArn"],
            ["InvocationEndpoint"] = endpoint,
            ["HttpMethod"] = "POST",
        }))["ApiDestinationArn"]!;
    }

    private static async Task PutAsync(SqsClient aws)
    {
        var put = await EventsAsync(aws, "PutEvents", new()
        {
            ["Entries"] = new JsonArray(new JsonObject
            {
                ["Source"] = "shop", ["DetailType"] = "sold", ["Detail"] = """{"id":7}""",
            }),
        });
        Assert.Equal(0, (int)put["FailedEntryCount"]!);
    }

    private static Task<JsonObject> EventsAsync(SqsClient aws, string operation, JsonObject input) =>
        aws.CallAsync($"events.{operation}", input);

    private SqsClient Client(string kind, string test) =>
        server.Client(kind, Account.Of(nameof(When_a_rule_calls_an_api_destination), test, kind));
}
