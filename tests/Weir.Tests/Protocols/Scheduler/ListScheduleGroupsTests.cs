using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class ListScheduleGroupsTests
{
    [Fact]
    public async Task It_lists_the_default_group_too_page_by_page()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.OkAsync("POST", "/schedule-groups/a");
        await scheduler.OkAsync("POST", "/schedule-groups/z");
        var first = await scheduler.OkAsync("GET", "/schedule-groups?MaxResults=2");
        var token = first["NextToken"]!.GetValue<string>();
        var second = await scheduler.OkAsync("GET", $"/schedule-groups?NextToken={token}");
        Assert.Equal(["a", "default", "z"], Names(first).Concat(Names(second)));
        Assert.Equal(["z"], Names(await scheduler.OkAsync("GET", "/schedule-groups?NamePrefix=z")));
    }

    private static IEnumerable<string> Names(JsonObject answer) =>
        answer["ScheduleGroups"]!.AsArray().Select(item => item!["Name"]!.GetValue<string>());
}
