using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class ListTenantsOperationTests
{
    [Fact]
    public async Task They_come_in_the_order_of_their_accounts()
    {
        await using var rest = new TestRest();
        foreach (var account in (string[])["300000000000", "100000000000", "200000000000"])
            await rest.PutAsync($"/_weir/admin/tenants/{account}", "{}");
        var listed = (await rest.GetAsync("/_weir/admin/tenants")).Json["tenants"]!.AsArray();
        Assert.Equal(
            ["100000000000", "200000000000", "300000000000"], listed.Select(one => one!["account"]!.ToString()));
    }
}
