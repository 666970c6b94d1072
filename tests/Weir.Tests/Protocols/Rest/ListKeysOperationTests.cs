using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class ListKeysOperationTests
{
    [Fact]
    public async Task Of_all_tenants_or_of_one()
    {
        await using var admin = await TestAdmin.StartAsync();
        await admin.KeyAsync("ann");
        var all = (await admin.OkAsync("GET", "/_weir/admin/keys")).Json["keys"]!.AsArray();
        var shops = (await admin.OkAsync("GET", $"/_weir/admin/keys?tenant={TestAdmin.Account}"))
            .Json["keys"]!.AsArray();
        Assert.Equal(2, all.Count);
        Assert.Equal("ann", Assert.Single(shops)!["user"]!.ToString());
        Assert.Equal(400, (await admin.SendAsync("GET", "/_weir/admin/keys?tenant=shop")).Status);
    }
}
