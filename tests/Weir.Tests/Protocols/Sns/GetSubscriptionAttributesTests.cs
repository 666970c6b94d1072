using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class GetSubscriptionAttributesTests
{
    [Fact]
    public async Task A_new_subscription_has_the_defaults()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var arn = await sns.AddQueueAsync("news", "inbox");

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["SubscriptionArn"] = arn,
                ["TopicArn"] = TestSns.TopicArn("news"),
                ["Owner"] = TestSns.Account,
                ["Protocol"] = "sqs",
                ["Endpoint"] = TestSns.QueueArn("inbox"),
                ["ConfirmationWasAuthenticated"] = "true",
                ["PendingConfirmation"] = "false",
                ["RawMessageDelivery"] = "false",
                ["SubscriptionPrincipal"] = "arn:aws:iam::000000000000:root",
            },
            await sns.SubscriptionAsync(arn));
    }

    [Fact]
    public async Task What_is_not_there_is_refused()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        foreach (var topic in (string[])["news", "missing"])
        {
            await sns.RefusedAsync(Get(TestSns.TopicArn(topic) + ":" + Guid.Empty), "NotFound", 404);
        }

        await sns.RefusedAsync(Get("x"));
        await sns.RefusedAsync(new SnsRequest("GetSubscriptionAttributes"));
        sns.Queues.Caller = ("111111111111", "us-east-1");
        await sns.RefusedAsync(Get(TestSns.TopicArn("news") + ":" + Guid.Empty), "AuthorizationError", 403);
    }

    private static SnsRequest Get(string arn) =>
        new SnsRequest("GetSubscriptionAttributes").Set("SubscriptionArn", arn);
}
