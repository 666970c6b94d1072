using System.Globalization;
using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Buses;

public sealed class When_events_are_replayed(SharedServer server)
{
    private const string Pattern = """{"source":["shop"]}""";

    [Theory, EveryServiceClient]
    public async Task Each_comes_again_once_with_the_name_of_the_replay(string client)
    {
        var aws = Client(client, nameof(Each_comes_again_once_with_the_name_of_the_replay));
        var queue = await aws.CreateAsync("q", ("VisibilityTimeout", "600"));
        var bus = (string)(await EventsAsync(aws, "CreateEventBus", new() { ["Name"] = "shop" }))["EventBusArn"]!;
        await EventsAsync(aws, "PutRule", new()
        {
            ["Name"] = "all", ["EventBusName"] = "shop", ["EventPattern"] = Pattern,
        });
        await EventsAsync(aws, "PutTargets", new()
        {
            ["Rule"] = "all",
            ["EventBusName"] = "shop",
            ["Targets"] = new JsonArray(new JsonObject { ["Id"] = "q", ["Arn"] = aws.ArnOf(queue) }),
        });
        var archive = (string)(await EventsAsync(aws, "CreateArchive", new()
        {
            ["ArchiveName"] = "kept",
            ["EventSourceArn"] = bus,
            ["EventPattern"] = """{"detail":{"price":[{"numeric":[">",9]}]}}""",
            ["RetentionDays"] = 2,
        }))["ArchiveArn"]!;
        var put = await EventsAsync(aws, "PutEvents", new()
        {
            ["Entries"] = new JsonArray(Entry(9), Entry(10), Entry(11)),
        });
        Assert.Equal(0, (int)put["FailedEntryCount"]!);
        await aws.ReceiveManyAsync(queue, 3);
        var described = await EventsAsync(aws, "DescribeArchive", new() { ["ArchiveName"] = "kept" });
        Assert.Equal((2, 2, "ENABLED"), ((int)described["EventCount"]!, (int)described["RetentionDays"]!,
            (string?)described["State"]));

        await EventsAsync(aws, "StartReplay", new()
        {
            ["ReplayName"] = "again",
            ["EventSourceArn"] = archive,
            ["EventStartTime"] = Time(-1),
            ["EventEndTime"] = Time(+1),
            ["Destination"] = new JsonObject { ["Arn"] = bus },
        });

        var replay = await EndAsync(aws, "again");
        Assert.Equal("COMPLETED", (string?)replay["State"]);
        Assert.NotNull(replay["EventLastReplayedTime"]);
        var replayed = (await aws.ReceiveManyAsync(queue, 2))
            .Select(message => JsonNode.Parse(message.Text)!).ToArray();
        Assert.Equal(
            put["Entries"]!.AsArray().Skip(1).Select(entry => (string?)entry!["EventId"]).Order(),
            replayed.Select(received => (string?)received["id"]).Order());
        Assert.All(replayed, received => Assert.Equal("again", (string?)received["replay-name"]));
        Assert.Equal((0, 5, 0), await aws.CountersAsync(queue));
        var listed = await EventsAsync(aws, "ListReplays", new() { ["State"] = "COMPLETED" });
        Assert.Equal("again", (string?)Assert.Single(listed["Replays"]!.AsArray())!["ReplayName"]);
        await EventsAsync(aws, "DeleteArchive", new() { ["ArchiveName"] = "kept" });
    }

    [Theory, EveryServiceClient]
    public async Task What_is_not_there_is_not_found(string client)
    {
        var aws = Client(client, nameof(What_is_not_there_is_not_found));
        var refused = await Assert.ThrowsAsync<SqsRefusedException>(
            () => EventsAsync(aws, "DescribeReplay", new() { ["ReplayName"] = "none" }));
        Assert.Equal("ResourceNotFoundException", refused.Code);
    }

    /// <summary>Asks for the replay until it has ended.</summary>
    private static async Task<JsonObject> EndAsync(SqsClient aws, string name)
    {
        while (true)
        {
            var replay = await EventsAsync(aws, "DescribeReplay", new() { ["ReplayName"] = name });
            if ((string?)replay["State"] is not ("STARTING" or "RUNNING")) return replay;
        }
    }

    private static string Time(int hours) =>
        DateTimeOffset.UtcNow.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Entry(int price) => new()
    {
        ["EventBusName"] = "shop",
        ["Source"] = "shop",
        ["DetailType"] = "priced",
        ["Detail"] = $$"""{"price":{{price}}}""",
    };

    private static Task<JsonObject> EventsAsync(SqsClient aws, string operation, JsonObject input) =>
        aws.CallAsync($"events.{operation}", input);

    private SqsClient Client(string kind, string test) =>
        server.Client(kind, Account.Of(nameof(When_events_are_replayed), test, kind));
}
