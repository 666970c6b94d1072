using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class SetSubscriptionAttributesTests
{
    private const string Redrive = """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead"}""";

    [Theory]
    [InlineData("RawMessageDelivery", "true")]
    [InlineData("RedrivePolicy", Redrive)]
    public async Task What_is_set_is_answered(string name, string value)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var arn = await sns.AddQueueAsync("news", "inbox");

        Assert.False((await sns.OkAsync(Change(arn, name, value))).HasResult);

        Assert.Equal(value, (await sns.SubscriptionAsync(arn))[name]);
        await sns.Queues.RestartAsync();
        Assert.Equal(value, (await sns.SubscriptionAsync(arn))[name]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public async Task An_empty_redrive_policy_removes_the_one_that_is_there(string none)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var arn = await sns.AddQueueAsync("news", "inbox", ("RedrivePolicy", Redrive));

        await sns.OkAsync(Change(arn, "RedrivePolicy", none));

        Assert.DoesNotContain("RedrivePolicy", (await sns.SubscriptionAsync(arn)).Keys);
    }

    [Theory]
    [InlineData("RawMessageDelivery", "TRUE")]
    [InlineData("RawMessageDelivery", "")]
    [InlineData("RedrivePolicy", "[]")]
    [InlineData("RedrivePolicy", "dead")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"dead"}""")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111111111111:dead"}""")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:eu-north-1:000000000000:dead"}""")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead.fifo"}""")]
    [InlineData("DeliveryPolicy", "{}")]
    [InlineData("SubscriptionRoleArn", "arn:aws:iam::000000000000:role/x")]
    [InlineData("ReplayPolicy", "{}")]
    [InlineData("Endpoint", "x")]
    [InlineData("", "x")]
    public async Task A_bad_value_is_refused_and_changes_nothing(string name, string value)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var arn = await sns.AddQueueAsync("news", "inbox");
        var before = await sns.SubscriptionAsync(arn);

        await sns.RefusedAsync(Change(arn, name, value));

        Assert.Equal(before, await sns.SubscriptionAsync(arn));
    }

    [Fact]
    public async Task A_subscription_that_is_not_there_is_refused()
    {
        await using var sns = new TestSns();
        var arn = TestSns.TopicArn("news") + ":" + Guid.Empty;

        await sns.RefusedAsync(Change(arn, "RawMessageDelivery", "true"), "NotFound", 404);
        await sns.CreateTopicAsync("news");
        await sns.RefusedAsync(Change(arn, "RawMessageDelivery", "true"), "NotFound", 404);
    }

    internal static SnsRequest Change(string arn, string name, string value) =>
        new SnsRequest("SetSubscriptionAttributes").Set("SubscriptionArn", arn)
            .Set("AttributeName", name).Set("AttributeValue", value);
}
