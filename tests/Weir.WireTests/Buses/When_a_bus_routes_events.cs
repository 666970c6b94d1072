using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;
using Weir.WireTests.Topics;

namespace Weir.WireTests.Buses;

public sealed class When_a_bus_routes_events(SharedServer server)
{
    private const string Pattern = """{"source":["shop"],"detail":{"price":[{"numeric":[">=",100]}]}}""";

    [Theory, EveryServiceClient]
    public async Task A_rule_sends_what_it_matches_to_its_targets(string client)
    {
        var aws = Client(client, nameof(A_rule_sends_what_it_matches_to_its_targets));
        var (plain, changed, subscribed) =
            (await aws.CreateAsync("plain"), await aws.CreateAsync("changed"), await aws.CreateAsync("subscribed"));
        var topic = await aws.CreateTopicAsync("dear");
        await aws.SubscribeAsync(topic, subscribed, ("RawMessageDelivery", "true"));
        await EventsAsync(aws, "CreateEventBus", new() { ["Name"] = "shop" });
        await EventsAsync(aws, "PutRule", new()
        {
            ["Name"] = "dear", ["EventBusName"] = "shop", ["EventPattern"] = Pattern,
        });
        var answer = await EventsAsync(aws, "PutTargets", new()
        {
            ["Rule"] = "dear",
            ["EventBusName"] = "shop",
            ["Targets"] = new JsonArray(
                new JsonObject { ["Id"] = "plain", ["Arn"] = aws.ArnOf(plain) },
                new JsonObject { ["Id"] = "topic", ["Arn"] = topic, ["InputPath"] = "$.detail" },
                new JsonObject
                {
                    ["Id"] = "changed",
                    ["Arn"] = aws.ArnOf(changed),
                    ["InputTransformer"] = new JsonObject
                    {
                        ["InputPathsMap"] = new JsonObject { ["p"] = "$.detail.price" },
                        ["InputTemplate"] = "\"It costs <p>.\"",
                    },
                }),
        });
        Assert.Equal(0, (int)answer["FailedEntryCount"]!);

        var put = await EventsAsync(aws, "PutEvents", new()
        {
            ["Entries"] = new JsonArray(Entry("""{"price":99}"""), Entry("""{"price":250}"""), Entry("no JSON")),
        });

        Assert.Equal(1, (int)put["FailedEntryCount"]!);
        Assert.Equal("MalformedDetail", (string?)put["Entries"]![2]!["ErrorCode"]);
        var received = JsonNode.Parse((await aws.ReceiveOneAsync(plain)).Text)!;
        Assert.Equal((string?)put["Entries"]![1]!["EventId"], (string?)received["id"]);
        Assert.Equal(("shop", "priced", 250), ((string?)received["source"], (string?)received["detail-type"],
            (int)received["detail"]!["price"]!));
        Assert.Equal("\"It costs 250.\"", (await aws.ReceiveOneAsync(changed)).Text);
        Assert.Equal("""{"price":250}""", (await aws.ReceiveOneAsync(subscribed)).Text);
        Assert.Equal((0, 1, 0), await aws.CountersAsync(plain));
    }

    [Theory, EveryServiceClient]
    public async Task A_pattern_can_be_tried(string client)
    {
        var aws = Client(client, nameof(A_pattern_can_be_tried));
        foreach (var (price, matches) in new[] { (99, false), (100, true) })
        {
            var tested = await EventsAsync(aws, "TestEventPattern", new()
            {
                ["EventPattern"] = Pattern,
                ["Event"] = $$$"""
                    {"id":"1","source":"shop","detail-type":"priced","account":"1","time":"2026-01-01T00:00:00Z",
                     "region":"r","resources":[],"detail":{"price":{{{price}}}}}
                    """,
            });
            Assert.Equal(matches, (bool)tested["Result"]!);
        }
    }

    [Theory, EveryServiceClient]
    public async Task A_target_that_Weir_has_not_is_reported(string client)
    {
        var aws = Client(client, nameof(A_target_that_Weir_has_not_is_reported));
        await EventsAsync(aws, "PutRule", new() { ["Name"] = "any", ["EventPattern"] = Pattern });
        var answer = await EventsAsync(aws, "PutTargets", new()
        {
            ["Rule"] = "any",
            ["Targets"] = new JsonArray(new JsonObject
            {
                ["Id"] = "function", ["Arn"] = "arn:aws:lambda:us-east-1:123456789012:function:f",
            }),
        });
        Assert.Equal(1, (int)answer["FailedEntryCount"]!);
        var reason = (string?)answer["FailedEntries"]![0]!["ErrorMessage"];
        Assert.Contains("lambda", reason, StringComparison.OrdinalIgnoreCase);
    }

    private static JsonObject Entry(string detail) => new()
    {
        ["EventBusName"] = "shop", ["Source"] = "shop", ["DetailType"] = "priced", ["Detail"] = detail,
    };

    private static Task<JsonObject> EventsAsync(SqsClient aws, string operation, JsonObject input) =>
        aws.CallAsync($"events.{operation}", input);

    private SqsClient Client(string kind, string test) =>
        server.Client(kind, Account.Of(nameof(When_a_bus_routes_events), test, kind));
}
