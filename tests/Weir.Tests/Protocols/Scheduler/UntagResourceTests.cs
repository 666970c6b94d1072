using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class UntagResourceTests
{
    private const string Path = "/tags/arn%3Aaws%3Ascheduler%3Aus-east-1%3A000000000000%3Aschedule-group%2Fdefault";

    [Fact]
    public async Task The_tags_that_are_named_go()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.OkAsync("POST", Path, TagResourceTests.Tags(("a", "1"), ("b", "2"), ("c", "3")));
        await scheduler.OkAsync("DELETE", Path + "?TagKeys=a&TagKeys=c");
        var answer = await scheduler.OkAsync("GET", Path);
        Assert.Equal("""[{"Key":"b","Value":"2"}]""", answer["Tags"]!.ToJsonString());
    }
}
