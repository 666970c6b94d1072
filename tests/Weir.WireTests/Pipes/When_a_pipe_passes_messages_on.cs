using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;
using Weir.WireTests.Topics;

namespace Weir.WireTests.Pipes;

public sealed class When_a_pipe_passes_messages_on(SharedServer server)
{
    private const string Role = "arn:aws:iam::000000000000:role/any";

    [Theory, EveryServiceClient]
    public async Task Those_that_a_filter_wants_arrive_changed_and_the_source_is_empty(string client)
    {
        var aws = Client(client, nameof(Those_that_a_filter_wants_arrive_changed_and_the_source_is_empty));
        var (from, to) = (await aws.CreateAsync("from"), await aws.CreateAsync("to"));
        var created = await PipesAsync(aws, "CreatePipe", new()
        {
            ["Name"] = "orders",
            ["Source"] = aws.ArnOf(from),
            ["Target"] = aws.ArnOf(to),
            ["RoleArn"] = Role,
            ["SourceParameters"] = JsonNode.Parse(
                """{"FilterCriteria":{"Filters":[{"Pattern":"{\"body\":{\"n\":[{\"numeric\":[\">\",1]}]}}"}]}}"""),
            ["TargetParameters"] = new JsonObject { ["InputTemplate"] = """{"number":<$.body.n>}""" },
        });
        Assert.Equal("RUNNING", (string?)created["CurrentState"]);

        await aws.SendAsync(from, """{"n":1}""");
        await aws.SendAsync(from, """{"n":2}""");

        Assert.Equal("""{"number":2}""", (await aws.ReceiveOneAsync(to)).Text);
        Assert.Equal((0, 0, 0), await aws.CountersAsync(from));
    }

    [Theory, EveryServiceClient]
    public async Task An_API_destination_answers_what_goes_on(string client)
    {
        var aws = Client(client, nameof(An_API_destination_answers_what_goes_on));
        await using var receiver = new Receiver { BodyOf = path => path == "/names/7" ? """{"name":"Ann"}""" : "" };
        var (from, to) = (await aws.CreateAsync("from"), await aws.CreateAsync("to"));
        var connection = await aws.CallAsync("events.CreateConnection", new()
        {
            ["Name"] = "names",
            ["AuthorizationType"] = "API_KEY",
            ["AuthParameters"] = JsonNode.Parse(
                """{"ApiKeyAuthParameters":{"ApiKeyName":"X-Key","ApiKeyValue":"hidden"}}"""),
        });
        var destination = await aws.CallAsync("events.CreateApiDestination", new()
        {
            ["Name"] = "names",
            ["ConnectionArn"] = (string)connection["ConnectionArn"]!,
            ["InvocationEndpoint"] = $"{receiver.Address}names/*",
            ["HttpMethod"] = "POST",
        });
        await PipesAsync(aws, "CreatePipe", new()
        {
            ["Name"] = "named",
            ["Source"] = aws.ArnOf(from),
            ["Enrichment"] = (string)destination["ApiDestinationArn"]!,
            ["EnrichmentParameters"] = JsonNode.Parse(
                """{"HttpParameters":{"PathParameterValues":["$.body.id"]},"InputTemplate":"{\"id\":<$.body.id>}"}"""),
            ["Target"] = aws.ArnOf(to),
            ["RoleArn"] = Role,
        });

        await aws.SendAsync(from, """{"id":6}""");
        await aws.SendAsync(from, """{"id":7}""");

        Assert.Equal("""{"name":"Ann"}""", (await aws.ReceiveOneAsync(to)).Text);
        var asked = await receiver.NextAsync("/names/7");
        Assert.Equal(("""{"id":7}""", "hidden"), (asked.Body, asked.Headers["X-Key"]));
        Assert.Equal((0, 0, 0), await aws.CountersAsync(from));
    }

    [Theory, EveryServiceClient]
    public async Task It_is_described_listed_stopped_started_tagged_and_deleted(string client)
    {
        var aws = Client(client, nameof(It_is_described_listed_stopped_started_tagged_and_deleted));
        var (from, to) = (await aws.CreateAsync("from"), await aws.CreateAsync("to"));
        var pipe = new JsonObject { ["Name"] = "orders" };
        var arn = (string)(await PipesAsync(aws, "CreatePipe", new()
        {
            ["Name"] = "orders", ["Source"] = aws.ArnOf(from), ["Target"] = aws.ArnOf(to), ["RoleArn"] = Role,
            ["Tags"] = new JsonObject { ["team"] = "a" },
        }))["Arn"]!;

        Assert.Equal("STOPPED", (string?)(await PipesAsync(aws, "StopPipe", pipe))["CurrentState"]);
        Assert.Equal("STOPPED", (string?)(await PipesAsync(aws, "DescribePipe", pipe))["CurrentState"]);
        Assert.Equal("RUNNING", (string?)(await PipesAsync(aws, "StartPipe", pipe))["CurrentState"]);
        await PipesAsync(aws, "UpdatePipe", new()
        {
            ["Name"] = "orders", ["RoleArn"] = Role, ["Description"] = "of the shop",
        });
        await PipesAsync(aws, "TagResource", new()
        {
            ["resourceArn"] = arn, ["tags"] = new JsonObject { ["stage"] = "test" },
        });
        await PipesAsync(aws, "UntagResource", new() { ["resourceArn"] = arn, ["tagKeys"] = new JsonArray("team") });
        var tags = await PipesAsync(aws, "ListTagsForResource", new() { ["resourceArn"] = arn });
        Assert.Equal("""{"stage":"test"}""", tags["tags"]!.ToJsonString());
        var listed = Assert.Single((await PipesAsync(aws, "ListPipes", new() { ["NamePrefix"] = "ord" }))["Pipes"]!
            .AsArray());
        Assert.Equal(arn, (string?)listed!["Arn"]);
        Assert.Equal("of the shop", (string?)(await PipesAsync(aws, "DescribePipe", pipe))["Description"]);
        await PipesAsync(aws, "DeletePipe", pipe);

        var refused = await Assert.ThrowsAsync<SqsRefusedException>(() => PipesAsync(aws, "DescribePipe", pipe));
        Assert.Equal("NotFoundException", refused.Code);
    }

    private static Task<JsonObject> PipesAsync(SqsClient client, string operation, JsonObject input) =>
        client.CallAsync($"pipes.{operation}", input);

    private SqsClient Client(string client, string test) =>
        server.Client(client, Account.Of(nameof(When_a_pipe_passes_messages_on), test, client));
}
