using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class ConfirmSubscriptionTests
{
    [Fact]
    public async Task Queues_wait_for_none_so_every_token_is_wrong()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var arn = await sns.AddQueueAsync("news", "inbox");

        var refusal = await sns.RefusedAsync(Confirm("abc"));

        Assert.Contains("Invalid token", refusal.Message, StringComparison.Ordinal);
        await sns.RefusedAsync(Confirm(""));
        await sns.RefusedAsync(new SnsRequest("ConfirmSubscription").Set("Token", "abc"));
        Assert.Equal("false", (await sns.SubscriptionAsync(arn))["PendingConfirmation"]);
    }

    private static SnsRequest Confirm(string token) =>
        new SnsRequest("ConfirmSubscription").Topic("news").Set("Token", token);
}
