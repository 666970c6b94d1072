using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class ListSchedulesTests
{
    [Fact]
    public async Task It_lists_by_group_prefix_and_state_page_by_page()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.OkAsync("POST", "/schedule-groups/default-2");
        await scheduler.Sqs.CreateAsync("q");
        foreach (var (name, group, state) in new[]
            {
                ("a1", "default", "ENABLED"), ("a2", "default-2", "DISABLED"), ("a3", "default", "DISABLED"),
                ("b", "default", "ENABLED"),
            })
        {
            await scheduler.OkAsync("POST", $"/schedules/{name}", TestScheduler.Input(
                "q", "cron(0 8 * * ? *)", new JsonObject { ["GroupName"] = group, ["State"] = state }));
        }

        Assert.Equal(["a1", "a3", "b", "a2"], await NamesAsync(scheduler, "/schedules?MaxResults=1"));
        Assert.Equal(["a1", "a3", "a2"], await NamesAsync(scheduler, "/schedules?NamePrefix=a&MaxResults=2"));
        Assert.Equal(["a2"], await NamesAsync(scheduler, "/schedules?ScheduleGroup=default-2"));
        Assert.Equal(["a3", "a2"], await NamesAsync(scheduler, "/schedules?State=DISABLED&MaxResults=1"));
        await scheduler.RefusedAsync("GET", "/schedules?ScheduleGroup=none", 404, "ResourceNotFoundException");
        await scheduler.RefusedAsync("GET", "/schedules?MaxResults=101", 400, "ValidationException");
        await scheduler.RefusedAsync("GET", "/schedules?NextToken=%21", 400, "ValidationException");
        await scheduler.RefusedAsync("GET", "/schedules?State=ON", 400, "ValidationException");
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(TestScheduler scheduler, string path)
    {
        var names = new List<string>();
        for (string? token = ""; token is not null;)
        {
            var answer = await scheduler.OkAsync("GET", token.Length == 0 ? path : $"{path}&NextToken={token}");
            names.AddRange(answer["Schedules"]!.AsArray().Select(item => item!["Name"]!.GetValue<string>()));
            token = answer["NextToken"]?.GetValue<string>();
        }

        return names;
    }
}
