using Weir.Broker.Topics;
using Weir.Protocols.Aws.Notifications;
using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class UnsubscribeTests
{
    [Fact]
    public async Task The_queue_gets_no_more_and_a_second_time_is_no_error()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var arn = await sns.AddQueueAsync("news", "inbox");
        await sns.AddQueueAsync("news", "other");

        Assert.False((await sns.OkAsync(Unsubscribe(arn))).HasResult);
        await sns.OkAsync(Unsubscribe(arn));
        await sns.OkAsync(TestSns.Publish("news", "hello"));

        Assert.Empty(await sns.ReceiveAsync("inbox"));
        Assert.Single(await sns.ReceiveAsync("other"));
        await sns.OkAsync(Unsubscribe(TestSns.TopicArn("missing") + ":" + Guid.NewGuid()));
    }

    [Fact]
    public async Task An_older_subscription_of_the_queue_does_not_end_the_newer()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var old = await sns.AddQueueAsync("news", "inbox");
        await sns.OkAsync(Unsubscribe(old));
        var newer = await sns.SubscribeAsync("news", "inbox");

        await sns.OkAsync(Unsubscribe(old));

        Assert.NotEqual(old, newer);
        Assert.Equal(newer, (await sns.SubscriptionAsync(newer))["SubscriptionArn"]);
    }

    [Fact]
    public async Task The_link_in_an_envelope_does_it_for_somebody_who_cannot_sign()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");
        await sns.OkAsync(TestSns.Publish("news", "hello"));
        var envelope = Assert.Single(await sns.EnvelopesAsync("inbox"));
        var link = new Uri(envelope["UnsubscribeURL"]!.GetValue<string>());
        await sns.Queues.RestartAsync();

        sns.Queues.Caller = ("111111111111", "us-east-1");
        var changed = await sns.Queues.SendAsync("GET", link.PathAndQuery[..^1], []);
        var answer = await sns.Queues.SendAsync("GET", link.PathAndQuery, []);
        sns.Queues.Caller = null;

        Assert.Equal((403, 200), (changed.Response.StatusCode, answer.Response.StatusCode));
        Assert.Equal("0", (await sns.AttributesAsync("news"))["SubscriptionsConfirmed"]);
    }

    [Fact]
    public async Task A_subscription_that_was_confirmed_so_ends_by_a_signed_request_only()
    {
        await using var sns = new TestSns();
        await using var push = sns.Queues.StartPush();
        await sns.CreateTopicAsync("news");
        var arn = (await sns.OkAsync(Http("news"))).Text("SubscriptionArn")!;
        var topic = new TopicName(TestSns.Account, TestSns.Region, "news");
        var token = TopicDirectory.SubscriptionsOf(sns.Queues.Broker.Broker.Definitions, topic).Single().Token!;
        var confirm = new SnsRequest("ConfirmSubscription").Topic("news").Set("Token", token);
        await sns.RefusedAsync(confirm.Set("AuthenticateOnUnsubscribe", "true"), "AuthorizationError", 403);
        sns.Queues.Caller = (TestSns.Account, TestSns.Region);
        await sns.OkAsync(confirm);
        var link = new UnsubscribeLinks(sns.Queues.Broker.Broker).Write("http://localhost", arn);

        sns.Queues.Caller = null;
        var visit = await sns.Queues.SendAsync("GET", new Uri(link).PathAndQuery, []);
        await sns.RefusedAsync(Unsubscribe(arn), "AuthorizationError", 403);

        Assert.Equal(403, visit.Response.StatusCode);
        Assert.Equal("true", (await sns.SubscriptionAsync(arn))["ConfirmationWasAuthenticated"]);
        sns.Queues.Caller = (TestSns.Account, TestSns.Region);
        await sns.OkAsync(Unsubscribe(arn));
        Assert.Equal("0", (await sns.AttributesAsync("news"))["SubscriptionsConfirmed"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("arn:aws:sns:us-east-1:000000000000:news")]
    [InlineData("arn:aws:sns:us-east-1:000000000000:news:1")]
    [InlineData("PendingConfirmation")]
    public async Task What_is_no_subscription_is_refused(string arn)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        await sns.RefusedAsync(Unsubscribe(arn));
    }

    [Fact]
    public async Task Nobody_ends_the_subscriptions_of_another_account()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var arn = await sns.AddQueueAsync("news", "inbox");

        sns.Queues.Caller = ("111111111111", "us-east-1");
        await sns.RefusedAsync(Unsubscribe(arn), "AuthorizationError", 403);

        sns.Queues.Caller = null;
        Assert.NotEmpty(await sns.SubscriptionAsync(arn));
    }

    private static SnsRequest Http(string topic) => new SnsRequest("Subscribe").Topic(topic)
        .Set("Protocol", "http").Set("Endpoint", "http://127.0.0.1:9/hook").Set("ReturnSubscriptionArn", "true");

    private static SnsRequest Unsubscribe(string arn) => new SnsRequest("Unsubscribe").Set("SubscriptionArn", arn);
}
