using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class DeleteQuotaOperationTests
{
    [Fact]
    public async Task Without_its_own_the_default_ones_hold_and_without_those_none()
    {
        const string path = "/_weir/admin/quotas/";
        await using var rest = new TestRest();
        await rest.PutAsync($"{path}default", """{"requestsPerSecond":1}""");
        await rest.PutAsync($"{path}000000000000", """{"requestsPerSecond":1000}""");
        Assert.Equal("200, 200", await CallsAsync(rest));
        Assert.Equal(204, (await rest.DeleteAsync($"{path}000000000000")).Status);
        Assert.Equal("200, 429", await CallsAsync(rest));
        Assert.Equal(204, (await rest.DeleteAsync($"{path}default")).Status);
        Assert.Equal("200, 200", await CallsAsync(rest));
        Assert.Equal(404, (await rest.DeleteAsync($"{path}default")).Status);
    }

    private static async Task<string> CallsAsync(TestRest rest) =>
        $"{(await rest.GetAsync("/_weir/webhooks")).Status}, {(await rest.GetAsync("/_weir/webhooks")).Status}";
}
