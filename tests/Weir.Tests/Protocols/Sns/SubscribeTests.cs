using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class SubscribeTests
{
    [Fact]
    public async Task It_answers_the_subscription_and_the_same_one_again()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        var first = await sns.AddQueueAsync("news", "inbox", ("RawMessageDelivery", "true"));
        var again = await sns.SubscribeAsync("news", "inbox", ("RawMessageDelivery", "true"));
        var bare = await sns.SubscribeAsync("news", "inbox");

        Assert.StartsWith(TestSns.TopicArn("news") + ":", first, StringComparison.Ordinal);
        Assert.True(Guid.TryParseExact(first[(first.LastIndexOf(':') + 1)..], "D", out _), first);
        Assert.Equal((first, first), (again, bare));
        Assert.Equal("1", (await sns.AttributesAsync("news"))["SubscriptionsConfirmed"]);
    }

    [Fact]
    public async Task Another_attribute_of_a_subscription_that_is_there_is_refused()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var arn = await sns.AddQueueAsync("news", "inbox");

        var refusal = await sns.RefusedAsync(
            TestSns.Subscribe("news", "inbox").Attributes(("RawMessageDelivery", "true")));

        Assert.Equal(
            "Invalid parameter: Attributes Reason: Subscription already exists with different attributes",
            refusal.Message);
        Assert.Equal("false", (await sns.SubscriptionAsync(arn))["RawMessageDelivery"]);
    }

    [Fact]
    public async Task Many_at_once_make_one_subscription()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.Queues.CreateAsync("inbox");

        var arns = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sns.SubscribeAsync("news", "inbox")));

        Assert.Single(arns.Distinct());
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    [InlineData("email")]
    [InlineData("email-json")]
    [InlineData("sms")]
    [InlineData("application")]
    [InlineData("lambda")]
    [InlineData("firehose")]
    public async Task What_Weir_does_not_deliver_to_is_refused_by_name(string protocol)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        var refusal = await sns.RefusedAsync(
            new SnsRequest("Subscribe").Topic("news").Set("Protocol", protocol).Set("Endpoint", "somewhere"));

        Assert.Contains($"{protocol} is not served", refusal.Message, StringComparison.Ordinal);
        await sns.RefusedAsync(new SnsRequest("Subscribe").Topic("news").Set("Protocol", "pigeon"));
        await sns.RefusedAsync(new SnsRequest("Subscribe").Topic("news"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("inbox")]
    [InlineData("http://localhost:4566/000000000000/inbox")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:missing")]
    [InlineData("arn:aws:sqs:eu-north-1:000000000000:inbox")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:inbox.fifo")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:~topic-news.fifo")]
    public async Task An_endpoint_that_is_no_queue_for_the_topic_is_refused(string endpoint)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.CreateTopicAsync("news.fifo");
        await sns.Queues.CreateAsync("inbox");
        await sns.Queues.CreateAsync("inbox.fifo");

        await sns.RefusedAsync(
            new SnsRequest("Subscribe").Topic("news").Set("Protocol", "sqs").Set("Endpoint", endpoint));
    }

    [Fact]
    public async Task A_FIFO_topic_takes_both_kinds_of_queues()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news.fifo");

        await sns.AddQueueAsync("news.fifo", "inbox.fifo");
        await sns.AddQueueAsync("news.fifo", "inbox");

        Assert.Equal("2", (await sns.AttributesAsync("news.fifo"))["SubscriptionsConfirmed"]);
    }

    [Fact]
    public async Task A_topic_that_is_not_there_or_not_the_callers_is_refused()
    {
        await using var sns = new TestSns();
        await sns.Queues.CreateAsync("inbox");

        await sns.RefusedAsync(TestSns.Subscribe("news", "inbox"), "NotFound", 404);
        sns.Queues.Caller = ("111111111111", "us-east-1");
        await sns.RefusedAsync(TestSns.Subscribe("news", "inbox"), "AuthorizationError", 403);
    }
}
