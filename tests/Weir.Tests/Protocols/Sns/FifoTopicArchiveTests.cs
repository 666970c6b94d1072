using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker.Archives;
using Weir.Broker.Forwarding;
using Xunit;

namespace Weir.Tests.Protocols.Sns;

/// <summary>Messages that a FIFO topic keeps, and gives its subscriptions again.</summary>
// https://docs.aws.amazon.com/sns/latest/dg/fifo-message-archiving-replay.html
public sealed class FifoTopicArchiveTests
{
    private const string Policy = """{"MessageRetentionPeriod":"30"}""";
    private const string All = """{"PointType":"Timestamp","StartingPoint":"2026-01-01T00:00:00.000Z"}""";

    [Fact]
    public async Task The_policy_is_answered_with_the_beginning_of_the_archive()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news.fifo", ("ArchivePolicy", Policy));

        var attributes = await sns.AttributesAsync("news.fifo");
        Assert.Equal(Policy, attributes["ArchivePolicy"]);
        Assert.Equal("2026-01-01T00:00:00.000Z", attributes["BeginningArchiveTime"]);
        sns.Queues.Broker.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal("2026-01-02T00:00:00.000Z", (await sns.AttributesAsync("news.fifo"))["BeginningArchiveTime"]);
        await sns.CreateTopicAsync("news.fifo", ("ArchivePolicy", Policy));
    }

    [Theory]
    [InlineData("""{"MessageRetentionPeriod":"0"}""")]
    [InlineData("""{"MessageRetentionPeriod":"366"}""")]
    [InlineData("""{"MessageRetentionPeriod":"1","more":1}""")]
    [InlineData("7")]
    public async Task What_is_no_archive_policy_is_refused(string policy)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news.fifo");
        await sns.RefusedAsync(Archive(policy));
        Assert.False((await sns.AttributesAsync("news.fifo")).ContainsKey("ArchivePolicy"));
    }

    [Fact]
    public async Task A_topic_with_an_archive_is_deleted_only_when_that_is_gone()
    {
        await using var sns = await StartAsync();
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "one", id: "1"));
        await sns.RefusedAsync(new SnsRequest("DeleteTopic").Topic("news.fifo"));
        var before = await sns.Queues.CountQueuesAsync();
        await sns.OkAsync(Archive("{}"));
        Assert.False((await sns.AttributesAsync("news.fifo")).ContainsKey("ArchivePolicy"));
        Assert.Equal(before - 1, await sns.Queues.CountQueuesAsync());
        await sns.OkAsync(new SnsRequest("DeleteTopic").Topic("news.fifo"));
    }

    [Fact]
    public async Task A_queue_that_subscribes_later_gets_what_was_published_before()
    {
        await using var sns = await StartAsync();
        await using var replays = sns.Queues.StartReplays();
        var first = await sns.OkAsync(TestSns.PublishFifo("news.fifo", "one", id: "1"));
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "two", id: "2"));
        sns.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(1));

        var late = await sns.AddQueueAsync("news.fifo", "late.fifo", ("ReplayPolicy", All));
        await replays.WhenIdleAsync();

        var envelopes = await sns.EnvelopesAsync("late.fifo");
        Assert.Equal(["one", "two"], envelopes.Select(envelope => envelope["Message"]!.GetValue<string>()));
        Assert.All(envelopes, envelope => Assert.True(envelope["Replayed"]!.GetValue<bool>()));
        Assert.Equal(first.Text("MessageId"), envelopes[0]["MessageId"]!.GetValue<string>());
        Assert.Equal(first.Text("SequenceNumber"), envelopes[0]["SequenceNumber"]!.GetValue<string>());
        Assert.Equal("2026-01-01T00:00:00.000Z", envelopes[0]["Timestamp"]!.GetValue<string>());
        var attributes = await sns.SubscriptionAsync(late);
        Assert.Equal((All, "Completed"), (attributes["ReplayPolicy"], attributes["ReplayStatus"]));
    }

    [Fact]
    public async Task A_queue_gets_again_what_it_got_within_its_five_minutes_and_as_often_as_it_asks()
    {
        await using var sns = await StartAsync();
        await using var replays = sns.Queues.StartReplays();
        var inbox = await sns.AddQueueAsync("news.fifo", "inbox.fifo");
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "one", id: "1"));
        Assert.False(Assert.Single(await sns.EnvelopesAsync("inbox.fifo")).ContainsKey("Replayed"));

        for (var times = 2; times <= 3; times++)
        {
            // The leases end, and the queue shows all that it has.
            sns.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(31));
            await sns.OkAsync(Replay(inbox, All));
            await replays.WhenIdleAsync();
            Assert.Equal(Enumerable.Repeat("one", times), await sns.MessagesAsync("inbox.fifo"));
        }
    }

    [Fact]
    public async Task Only_what_the_filter_lets_through_in_that_time_comes_again_to_that_subscription()
    {
        await using var sns = await StartAsync();
        await using var replays = sns.Queues.StartReplays();
        for (var i = 0; i < 5; i++)
        {
            await sns.OkAsync(TestSns.PublishFifo("news.fifo", $"{i}", id: $"{i}")
                .Attribute("parity", "String", i % 2 == 0 ? "even" : "odd"));
            sns.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await sns.AddQueueAsync("news.fifo", "other.fifo");
        var second = All.Replace("00:00.000Z", "00:01Z", StringComparison.Ordinal)[..^1]
            + ""","EndingPoint":"2026-01-01T00:00:03Z"}""";
        await sns.AddQueueAsync(
            "news.fifo", "late.fifo", ("FilterPolicy", """{"parity":["even"]}"""), ("ReplayPolicy", second));
        await replays.WhenIdleAsync();

        Assert.Equal(["2"], await sns.MessagesAsync("late.fifo"));
        Assert.Empty(await sns.MessagesAsync("other.fifo"));
    }

    [Fact]
    public async Task A_replay_goes_on_where_it_was_when_the_broker_comes_back()
    {
        await using var sns = await StartAsync();
        for (var i = 0; i < 150; i++)
            await sns.OkAsync(TestSns.PublishFifo("news.fifo", $"{i}", group: $"{i}", id: $"{i}"));
        sns.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(1));
        var late = await sns.AddQueueAsync("news.fifo", "late.fifo", ("ReplayPolicy", All));
        Assert.Equal("Pending", (await sns.SubscriptionAsync(late))["ReplayStatus"]);
        var broker = sns.Queues.Broker.Broker;
        var forwarder = new Forwarder(broker, NullLogger.Instance);
        using var turn = new SemaphoreSlim(1);
        var half = new ReplayLoop(
            broker, new BusReplay(broker, forwarder), new TopicReplay(broker, forwarder),
            ArchiveDocuments.TopicReplays(TestSns.Account, TestSns.Region), late.Split(':')[^1], turn,
            NullLogger.Instance);
        Assert.Equal(ReplayStep.GoesOn, await half.StepAsync());
        Assert.Equal("In progress", (await sns.SubscriptionAsync(late))["ReplayStatus"]);

        await sns.Queues.RestartAsync();
        await using var replays = sns.Queues.StartReplays();
        await replays.WhenIdleAsync();

        var all = new List<string>();
        while (await sns.MessagesAsync("late.fifo") is var some && some.Any()) all.AddRange(some);
        Assert.Equal(Enumerable.Range(0, 150).Select(i => $"{i}"), all);
    }

    [Fact]
    public async Task A_replay_to_a_queue_that_is_gone_goes_to_its_dead_letter_queue()
    {
        await using var sns = await StartAsync();
        await using var replays = sns.Queues.StartReplays();
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "one", id: "1"));
        await sns.Queues.CreateAsync("dead.fifo");
        var inbox = await sns.AddQueueAsync("news.fifo", "inbox.fifo",
            ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{TestSns.QueueArn("dead.fifo")}}"}"""));
        await sns.DeleteQueueAsync("inbox.fifo");
        await sns.OkAsync(Replay(inbox, All));
        await replays.WhenIdleAsync();

        Assert.Equal(["one"], await sns.MessagesAsync("dead.fifo"));
    }

    [Theory]
    [InlineData("""{"StartingPoint":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"PointType":"Timestamp"}""")]
    [InlineData("""{"PointType":"Timestamp","StartingPoint":"yesterday"}""")]
    [InlineData("""{"PointType":"Timestamp","StartingPoint":"2026-01-02T00:00:00Z"}""")]
    [InlineData("""{"PointType":"Timestamp","StartingPoint":"2026-01-01T00:00:00Z","EndingPoint":"2025-01-01"}""")]
    [InlineData("""{"PointType":"Timestamp","StartingPoint":"2026-01-01T00:00:00Z","Speed":2}""")]
    public async Task What_is_no_replay_policy_is_refused(string policy)
    {
        await using var sns = await StartAsync();
        var inbox = await sns.AddQueueAsync("news.fifo", "inbox.fifo");
        await sns.RefusedAsync(Replay(inbox, policy));
        Assert.False((await sns.SubscriptionAsync(inbox)).ContainsKey("ReplayPolicy"));
    }

    [Fact]
    public async Task Without_an_archive_nothing_can_be_replayed()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news.fifo");
        var inbox = await sns.AddQueueAsync("news.fifo", "inbox.fifo");
        await sns.RefusedAsync(Replay(inbox, All));
    }

    [Fact]
    public async Task An_empty_policy_ends_the_replay()
    {
        await using var sns = await StartAsync();
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "one", id: "1"));
        var late = await sns.AddQueueAsync("news.fifo", "late.fifo", ("ReplayPolicy", All));
        await sns.OkAsync(Replay(late, "{}"));
        await using (var replays = sns.Queues.StartReplays()) await replays.WhenIdleAsync();

        Assert.Empty(await sns.MessagesAsync("late.fifo"));
        Assert.False((await sns.SubscriptionAsync(late)).ContainsKey("ReplayStatus"));
    }

    private static async Task<TestSns> StartAsync()
    {
        var sns = new TestSns();
        await sns.CreateTopicAsync("news.fifo", ("ArchivePolicy", Policy));
        return sns;
    }

    private static SnsRequest Archive(string policy) => new SnsRequest("SetTopicAttributes").Topic("news.fifo")
        .Set("AttributeName", "ArchivePolicy").Set("AttributeValue", policy);

    private static SnsRequest Replay(string subscription, string policy) =>
        new SnsRequest("SetSubscriptionAttributes").Set("SubscriptionArn", subscription)
            .Set("AttributeName", "ReplayPolicy").Set("AttributeValue", policy);
}
