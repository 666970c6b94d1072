using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class GetDataProtectionPolicyTests
{
    [Fact]
    public async Task A_topic_has_none()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        Assert.Equal("", (await sns.OkAsync(Get("news"))).Text("DataProtectionPolicy"));
        await sns.RefusedAsync(Get("other"), "NotFound", 404);
        await sns.RefusedAsync(new SnsRequest("GetDataProtectionPolicy"));
    }

    private static SnsRequest Get(string topic) =>
        new SnsRequest("GetDataProtectionPolicy").Topic(topic, "ResourceArn");
}
