using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DescribeArchiveTests
{
    [Fact]
    public async Task It_answers_what_the_archive_is_like_and_what_is_in_it()
    {
        await using var events = new TestEvents();
        await events.ArchiveAsync("all");
        var empty = await DescribeAsync(events);
        Assert.Equal((0, 0), (empty["EventCount"]!.GetValue<int>(), empty["SizeBytes"]!.GetValue<int>()));
        await events.PutAsync($$"""{"text":"{{new string('x', 1000)}}"}""");

        var described = await DescribeAsync(events);
        Assert.Equal(1, described["EventCount"]!.GetValue<int>());
        Assert.InRange(described["SizeBytes"]!.GetValue<int>(), 1000, 2000);
        Assert.Equal($"{TestEvents.Prefix}event-bus/default", described["EventSourceArn"]!.GetValue<string>());
        Assert.Equal(("ENABLED", 0, 1_767_225_600), (described["State"]!.GetValue<string>(),
            described["RetentionDays"]!.GetValue<int>(), described["CreationTime"]!.GetValue<long>()));
    }

    [Theory]
    [InlineData(2, 2, 0)]
    [InlineData(2, 1, 1)]
    [InlineData(0, 15, 1)]
    public async Task Events_are_kept_as_long_as_the_archive_says(int retentionDays, int days, int count)
    {
        await using var events = new TestEvents();
        await events.ArchiveAsync("all");
        await events.OkAsync("UpdateArchive", $$"""{"ArchiveName":"all","RetentionDays":{{retentionDays}}}""");
        await events.PutAsync();
        events.Sqs.Broker.Time.Advance(TimeSpan.FromDays(days));

        Assert.Equal(count, (await DescribeAsync(events))["EventCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task It_is_there_with_its_events_after_a_restart()
    {
        await using var events = new TestEvents();
        await events.ArchiveAsync("all");
        await events.PutAsync();
        var before = await DescribeAsync(events);
        await events.Sqs.RestartAsync();

        Assert.Equal(before.ToJsonString(), (await DescribeAsync(events)).ToJsonString());
    }

    private static Task<JsonObject> DescribeAsync(TestEvents events) =>
        events.OkAsync("DescribeArchive", """{"ArchiveName":"all"}""");
}
