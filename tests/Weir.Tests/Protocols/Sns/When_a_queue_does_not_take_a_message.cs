using Microsoft.Extensions.Logging;
using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Sns;

/// <summary>One queue's trouble is not the other queues', and nothing is lost without a word.</summary>
// https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
public sealed class When_a_queue_does_not_take_a_message
{
    private const string Redrive = """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead"}""";

    [Fact]
    public async Task It_goes_to_the_dead_letter_queue_of_the_subscription()
    {
        await using var sns = await StartAsync(("RedrivePolicy", Redrive));
        await sns.DeleteQueueAsync("inbox");

        await sns.OkAsync(TestSns.Publish("news", "hello"));

        Assert.Equal(["hello"], await sns.MessagesAsync("dead"));
        Assert.Equal(["hello"], await sns.MessagesAsync("other"));
        var line = Assert.Single(sns.Queues.Log.Entries);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("dead-letter queue", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raw_delivery_holds_in_the_dead_letter_queue_too()
    {
        await using var sns = await StartAsync(("RedrivePolicy", Redrive), ("RawMessageDelivery", "true"));
        await sns.DeleteQueueAsync("inbox");

        await sns.OkAsync(TestSns.Publish("news", "hello").Attribute("kind", "String", "a"));

        var message = Assert.Single(await sns.ReceiveAsync("dead"));
        Assert.Equal("hello", message.Text("Body"));
        Assert.Equal(["kind"], message.Structures("MessageAttributes", "MessageAttribute").Keys);
    }

    [Fact]
    public async Task Without_a_dead_letter_queue_the_log_tells_and_the_others_get_theirs()
    {
        await using var sns = await StartAsync();
        await sns.DeleteQueueAsync("inbox");

        await sns.OkAsync(TestSns.Publish("news", "hello"));

        Assert.Equal(["hello"], await sns.MessagesAsync("other"));
        Assert.Empty(await sns.ReceiveAsync("dead"));
        var line = Assert.Single(sns.Queues.Log.Entries);
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.Contains("news", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_queue_refuses_the_publish_as_a_whole()
    {
        await using var sns = await StartAsync();
        await FillAsync(sns);

        var refused = await sns.CallAsync(TestSns.Publish("news", "hello"));

        Assert.Equal(("Throttled", 429), (refused.Code, refused.Status));
        Assert.Contains("inbox is full", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await sns.ReceiveAsync("other"));
    }

    [Fact]
    public async Task What_a_full_queue_does_not_take_goes_to_the_dead_letter_queue_of_the_subscription()
    {
        await using var sns = await StartAsync(("RedrivePolicy", Redrive));
        await FillAsync(sns);

        await sns.OkAsync(TestSns.Publish("news", "hello"));

        Assert.Equal(["hello"], await sns.MessagesAsync("dead"));
        Assert.Equal(["hello"], await sns.MessagesAsync("other"));
    }

    [Fact]
    public async Task A_time_to_live_that_is_none_is_refused()
    {
        await using var sns = await StartAsync();

        var refused = await sns.CallAsync(
            TestSns.Publish("news", "hello").Attribute("weir-ttl-seconds", "Number", "0"));

        Assert.Equal("InvalidParameter", refused.Code);
    }

    [Fact]
    public async Task A_dead_letter_queue_that_is_gone_too_is_told_as_well()
    {
        await using var sns = await StartAsync(("RedrivePolicy", Redrive));
        await sns.DeleteQueueAsync("inbox");
        await sns.DeleteQueueAsync("dead");

        await sns.OkAsync(TestSns.Publish("news", "hello"));

        Assert.Equal(["hello"], await sns.MessagesAsync("other"));
        Assert.Equal([LogLevel.Warning, LogLevel.Error], sns.Queues.Log.Entries.Select(entry => entry.Level));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_that_is_too_long_for_a_queue_fares_the_same(bool hasDeadLetterQueue)
    {
        await using var sns = await StartAsync(hasDeadLetterQueue ? [("RedrivePolicy", Redrive)] : []);
        await sns.Queues.OkAsync(Wire.Json, new SqsRequest("SetQueueAttributes")
            .Set("QueueUrl", TestSns.QueueUrl("inbox")).Attributes(("MaximumMessageSize", "1024")));
        var (fits, isLong) = (new string('f', 1024), new string('l', 1025));

        await sns.OkAsync(new SnsRequest("PublishBatch").Topic("news")
            .Item("PublishBatchRequestEntries", entry => entry.Set("Id", "l").Set("Message", isLong))
            .Item("PublishBatchRequestEntries", entry => entry.Set("Id", "f").Set("Message", fits)));

        Assert.Equal([fits], await sns.MessagesAsync("inbox"));
        Assert.Equal([fits, isLong], (await sns.MessagesAsync("other")).Order(StringComparer.Ordinal));
        Assert.Equal(hasDeadLetterQueue ? [isLong] : [], await sns.MessagesAsync("dead"));
        Assert.Equal(
            hasDeadLetterQueue ? LogLevel.Warning : LogLevel.Error, Assert.Single(sns.Queues.Log.Entries).Level);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_attributes_than_a_queues_message_has_go_in_an_envelope_and_not_raw(bool hasDeadLetterQueue)
    {
        (string Key, string Value)[] redrive = hasDeadLetterQueue ? [("RedrivePolicy", Redrive)] : [];
        await using var sns = await StartAsync([("RawMessageDelivery", "true"), .. redrive]);

        await sns.OkAsync(WithAttributes("ten", 10));
        await sns.OkAsync(WithAttributes("eleven", 11));

        Assert.Equal(["ten"], (await sns.ReceiveAsync("inbox")).Select(message => message.Text("Body")));
        var wrapped = (await sns.EnvelopesAsync("other")).Single(one => (string?)one["Message"] == "eleven");
        Assert.Equal(11, wrapped["MessageAttributes"]!.AsObject().Count);
        var dead = await sns.EnvelopesAsync("dead");
        Assert.Equal(hasDeadLetterQueue ? [11] : [], dead.Select(one => one["MessageAttributes"]!.AsObject().Count));
        await sns.RefusedAsync(WithAttributes("too many", 401), "ParameterValueInvalid");
        var line = Assert.Single(sns.Queues.Log.Entries);
        Assert.Equal(hasDeadLetterQueue ? LogLevel.Warning : LogLevel.Error, line.Level);
        Assert.Contains("11 attributes", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_many_attributes_as_a_request_holds_go_in_an_envelope()
    {
        await using var sns = await StartAsync();
        await sns.OkAsync(WithAttributes("many", 400));
        var envelope = Assert.Single(await sns.EnvelopesAsync("other"));
        Assert.Equal(400, envelope["MessageAttributes"]!.AsObject().Count);
    }

    [Fact]
    public async Task A_queue_that_is_subscribed_and_anothers_dead_letter_queue_gets_both()
    {
        await using var sns = await StartAsync(("RedrivePolicy", Redrive));
        await sns.SubscribeAsync("news", "dead");
        await sns.DeleteQueueAsync("inbox");

        await sns.OkAsync(TestSns.Publish("news", "hello"));

        Assert.Equal(["hello", "hello"], await sns.MessagesAsync("dead"));
    }

    [Fact]
    public async Task A_queue_made_again_gets_messages_again()
    {
        await using var sns = await StartAsync();
        await sns.DeleteQueueAsync("inbox");
        await sns.Queues.CreateAsync("inbox");

        await sns.OkAsync(TestSns.Publish("news", "hello"));

        Assert.Equal(["hello"], await sns.MessagesAsync("inbox"));
        Assert.Empty(sns.Queues.Log.Entries);
    }

    [Fact]
    public async Task When_no_queue_is_left_the_topic_still_takes_messages()
    {
        await using var sns = await StartAsync();
        await sns.DeleteQueueAsync("inbox");
        await sns.DeleteQueueAsync("other");

        await sns.OkAsync(TestSns.Publish("news", "hello"));

        Assert.Equal([LogLevel.Error, LogLevel.Error], sns.Queues.Log.Entries.Select(entry => entry.Level));
    }

    [Fact]
    public async Task A_FIFO_topic_keeps_the_order_in_the_dead_letter_queue()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news.fifo", ("ContentBasedDeduplication", "true"));
        await sns.Queues.CreateAsync("dead.fifo");
        await sns.AddQueueAsync("news.fifo", "inbox.fifo", ("RedrivePolicy", Redrive.Replace(
            ":dead", ":dead.fifo", StringComparison.Ordinal)));
        await sns.DeleteQueueAsync("inbox.fifo");

        foreach (var message in (string[])["b", "a", "b", "c"])
            await sns.OkAsync(TestSns.PublishFifo("news.fifo", message));

        Assert.Equal(["b", "a", "c"], await sns.MessagesAsync("dead.fifo"));
    }

    private static SnsRequest WithAttributes(string message, int count) => Enumerable.Range(1, count).Aggregate(
        TestSns.Publish("news", message), (request, i) => request.Attribute($"a{i}", "String", $"{i}"));

    private static async Task<TestSns> StartAsync(params (string Key, string Value)[] attributes)
    {
        var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.Queues.CreateAsync("dead");
        await sns.AddQueueAsync("news", "inbox", attributes);
        await sns.AddQueueAsync("news", "other");
        return sns;
    }

    private static async Task FillAsync(TestSns sns)
    {
        await sns.Queues.OkAsync(Wire.Json, new SqsRequest("SetQueueAttributes")
            .Set("QueueUrl", TestSns.QueueUrl("inbox")).Attributes([("WeirMaxMessages", "1")]));
        await sns.Queues.SendAsync("there", TestSns.QueueUrl("inbox"));
    }
}
