using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class PutDataProtectionPolicyTests
{
    [Fact]
    public async Task A_policy_that_would_protect_nothing_is_not_taken()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        await sns.RefusedAsync(Put("news", """{"Name":"p","Version":"2021-06-01","Statement":[]}"""));
        Assert.False((await sns.OkAsync(Put("news", ""))).HasResult);
        await sns.RefusedAsync(Put("other", ""), "NotFound", 404);
    }

    private static SnsRequest Put(string topic, string policy) =>
        new SnsRequest("PutDataProtectionPolicy").Topic(topic, "ResourceArn").Set("DataProtectionPolicy", policy);
}
