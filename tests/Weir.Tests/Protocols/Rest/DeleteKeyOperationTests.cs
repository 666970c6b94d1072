using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class DeleteKeyOperationTests
{
    [Fact]
    public async Task It_counts_no_more()
    {
        await using var admin = await TestAdmin.StartAsync();
        var ann = await admin.KeyAsync("ann");
        var id = (await admin.OkAsync("GET", $"/_weir/admin/keys?tenant={TestAdmin.Account}"))
            .Json["keys"]![0]!["id"]!.ToString();
        Assert.Equal(204, (await admin.SendAsync("DELETE", $"/_weir/admin/keys/{id}")).Status);
        Assert.Equal(401, (await ann("GET", "/_weir/webhooks", "")).Status);
        Assert.Equal(404, (await admin.SendAsync("DELETE", $"/_weir/admin/keys/{id}")).Status);
    }
}
