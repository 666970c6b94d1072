using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class ListTagsForResourceTests
{
    [Fact]
    public async Task A_group_that_is_not_there_is_not_found_and_a_schedule_has_no_tags()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.OkAsync("POST", "/schedule-groups/g", TagResourceTests.Tags(("a", "1")));
        var answer = await scheduler.OkAsync("GET", Path("schedule-group/g"));
        Assert.Equal("""[{"Key":"a","Value":"1"}]""", answer["Tags"]!.ToJsonString());
        await scheduler.RefusedAsync("GET", Path("schedule-group/none"), 404, "ResourceNotFoundException");
        await scheduler.RefusedAsync("GET", Path("schedule/default/s"), 400, "ValidationException");
    }

    private static string Path(string resource) => "/tags/" + Uri.EscapeDataString(TestScheduler.Prefix + resource);
}
