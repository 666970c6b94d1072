using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class UpdateArchiveTests
{
    [Fact]
    public async Task It_changes_what_is_said_and_leaves_the_rest()
    {
        await using var events = new TestEvents();
        await events.ArchiveAsync("all", pattern: TestEvents.ShopPattern);
        await events.PutAsync();
        await events.OkAsync("UpdateArchive", """{"ArchiveName":"all","Description":"d","RetentionDays":3}""");

        var described = await events.OkAsync("DescribeArchive", """{"ArchiveName":"all"}""");
        Assert.Equal(("d", 3, TestEvents.ShopPattern, 1), (described["Description"]!.GetValue<string>(),
            described["RetentionDays"]!.GetValue<int>(), described["EventPattern"]!.GetValue<string>(),
            described["EventCount"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_new_pattern_holds_for_what_comes_after_it()
    {
        await using var events = new TestEvents();
        await events.ArchiveAsync("all");
        await events.PutAsync();
        await events.OkAsync("UpdateArchive", """{"ArchiveName":"all","EventPattern":"{\"source\":[\"other\"]}"}""");
        await events.PutAsync();

        var described = await events.OkAsync("DescribeArchive", """{"ArchiveName":"all"}""");
        Assert.Equal(1, described["EventCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task One_that_is_not_there_is_not_found()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync("UpdateArchive", """{"ArchiveName":"none"}""", "ResourceNotFoundException");
    }
}
