using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DeleteArchiveTests
{
    [Fact]
    public async Task It_deletes_an_archive_and_what_was_in_it()
    {
        await using var events = new TestEvents();
        await events.ArchiveAsync("all");
        await events.PutAsync();
        var before = await events.Sqs.CountQueuesAsync();
        await events.OkAsync("DeleteArchive", """{"ArchiveName":"all"}""");

        await events.RefusedAsync("DescribeArchive", """{"ArchiveName":"all"}""", "ResourceNotFoundException");
        Assert.Equal(before - 1, await events.Sqs.CountQueuesAsync());
        await events.PutAsync();
    }

    [Fact]
    public async Task One_that_is_not_there_is_not_found()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync("DeleteArchive", """{"ArchiveName":"none"}""", "ResourceNotFoundException");
    }

    [Fact]
    public async Task A_bus_goes_only_after_its_archives()
    {
        await using var events = new TestEvents();
        await events.BusAsync("shop");
        await events.ArchiveAsync("all", "shop");
        var message = await events.RefusedAsync("DeleteEventBus", """{"Name":"shop"}""", "ValidationException");
        Assert.Contains("archives", message, StringComparison.Ordinal);
        await events.OkAsync("DeleteArchive", """{"ArchiveName":"all"}""");
        await events.OkAsync("DeleteEventBus", """{"Name":"shop"}""");
    }
}
