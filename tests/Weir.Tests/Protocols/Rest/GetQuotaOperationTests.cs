using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class GetQuotaOperationTests
{
    private const string Path = "/_weir/admin/quotas/";

    [Fact]
    public async Task Those_that_hold_are_told_with_what_the_tenant_has()
    {
        await using var rest = new TestRest();
        await rest.Queues.CreateAsync("orders");
        Assert.Equal("nowhere", (await rest.GetAsync($"{Path}000000000000")).Json["from"]!.ToString());
        await rest.PutAsync($"{Path}default", """{"queuesMax":5}""");
        var held = (await rest.GetAsync($"{Path}000000000000")).Json;
        Assert.Equal(("default", 5, 1), (
            held["from"]!.ToString(), held["queuesMax"]!.GetValue<int>(), held["used"]!["queues"]!.GetValue<int>()));

        await rest.PutAsync($"{Path}000000000000", """{"messagesMax":7}""");
        var own = (await rest.GetAsync($"{Path}000000000000")).Json;
        Assert.Equal((7, null, null), (own["messagesMax"]!.GetValue<int>(), own["from"], own["queuesMax"]));
        Assert.Equal(
            """{"name":"default","queuesMax":5}""", (await rest.GetAsync($"{Path}default")).Json.ToJsonString());
    }

    [Theory]
    [InlineData("default", 404)]
    [InlineData("shop", 400)]
    public async Task What_there_is_not_is_refused(string name, int status)
    {
        await using var rest = new TestRest();
        Assert.Equal(status, (await rest.GetAsync(Path + name)).Status);
    }
}
