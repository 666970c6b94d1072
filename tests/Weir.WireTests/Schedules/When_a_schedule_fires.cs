using System.Globalization;
using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Schedules;

public sealed class When_a_schedule_fires(SharedServer server)
{
    private const string Role = "arn:aws:iam::000000000000:role/any";

    [Theory, EveryServiceClient]
    public async Task A_queue_gets_its_input_once(string client)
    {
        var aws = Client(client, nameof(A_queue_gets_its_input_once));
        var queue = await aws.CreateAsync("due");
        var at = DateTimeOffset.UtcNow.AddSeconds(1).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        await SchedulerAsync(aws, "CreateSchedule", Schedule(aws, queue, $"at({at})"));

        Assert.Equal("hello", (await aws.ReceiveOneAsync(queue)).Text);
        Assert.Equal((0, 1, 0), await aws.CountersAsync(queue));
    }

    [Theory, EveryServiceClient]
    public async Task It_is_answered_listed_changed_and_deleted(string client)
    {
        var aws = Client(client, nameof(It_is_answered_listed_changed_and_deleted));
        var queue = await aws.CreateAsync("never");
        var arn = (string?)(await SchedulerAsync(
            aws, "CreateSchedule", Schedule(aws, queue, "cron(0 0 1 1 ? 2199)")))["ScheduleArn"];
        await SchedulerAsync(aws, "UpdateSchedule", Schedule(aws, queue, "cron(0 0 2 1 ? 2199)"));
        var named = new JsonObject { ["Name"] = "s" };
        var read = await SchedulerAsync(aws, "GetSchedule", named);
        Assert.Equal("cron(0 0 2 1 ? 2199)", (string?)read["ScheduleExpression"]);
        var listed = await SchedulerAsync(aws, "ListSchedules", new() { ["NamePrefix"] = "s", ["MaxResults"] = 5 });
        Assert.Equal(arn, (string?)Assert.Single(listed["Schedules"]!.AsArray())!["Arn"]);
        var group = (string?)(await SchedulerAsync(
            aws, "CreateScheduleGroup", new() { ["Name"] = "g" }))["ScheduleGroupArn"];
        await SchedulerAsync(aws, "TagResource", new()
        {
            ["ResourceArn"] = group, ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "k", ["Value"] = "v" }),
        });
        var tags = await SchedulerAsync(aws, "ListTagsForResource", new() { ["ResourceArn"] = group });
        Assert.Equal("v", (string?)Assert.Single(tags["Tags"]!.AsArray())!["Value"]);
        await SchedulerAsync(aws, "UntagResource", new() { ["ResourceArn"] = group, ["TagKeys"] = new JsonArray("k") });
        await SchedulerAsync(aws, "DeleteScheduleGroup", new() { ["Name"] = "g" });
        await SchedulerAsync(aws, "DeleteSchedule", named);

        var refused = await Assert.ThrowsAsync<SqsRefusedException>(() => SchedulerAsync(aws, "GetSchedule", named));
        Assert.Equal("ResourceNotFoundException", refused.Code);
    }

    private static JsonObject Schedule(SqsClient aws, string queue, string expression) => new()
    {
        ["Name"] = "s",
        ["ScheduleExpression"] = expression,
        ["FlexibleTimeWindow"] = new JsonObject { ["Mode"] = "OFF" },
        ["Target"] = new JsonObject { ["Arn"] = aws.ArnOf(queue), ["RoleArn"] = Role, ["Input"] = "hello" },
    };

    private static Task<JsonObject> SchedulerAsync(SqsClient client, string operation, JsonObject input) =>
        client.CallAsync($"scheduler.{operation}", input);

    private SqsClient Client(string kind, string test) =>
        server.Client(kind, Account.Of(nameof(When_a_schedule_fires), test, kind));
}
