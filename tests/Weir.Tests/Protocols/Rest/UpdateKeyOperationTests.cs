using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class UpdateKeyOperationTests
{
    [Fact]
    public async Task A_disabled_key_counts_no_more_until_it_is_enabled()
    {
        await using var admin = await TestAdmin.StartAsync();
        var ann = await admin.KeyAsync("ann");
        var id = (await admin.OkAsync("GET", $"/_weir/admin/keys?tenant={TestAdmin.Account}"))
            .Json["keys"]![0]!["id"]!.ToString();
        Assert.Equal(200, (await ann("GET", "/_weir/webhooks", "")).Status);
        await admin.OkAsync("PUT", $"/_weir/admin/keys/{id}", """{"disabled":true}""");
        Assert.Equal(401, (await ann("GET", "/_weir/webhooks", "")).Status);
        await admin.OkAsync("PUT", $"/_weir/admin/keys/{id}", """{"disabled":false}""");
        Assert.Equal(200, (await ann("GET", "/_weir/webhooks", "")).Status);
        Assert.Equal(400, (await admin.SendAsync("PUT", $"/_weir/admin/keys/{id}", "{}")).Status);
    }

    [Fact]
    public async Task The_last_admin_key_stays()
    {
        await using var admin = await TestAdmin.StartAsync();
        var path = $"/_weir/admin/keys/{admin.Id}";
        foreach (var (method, body) in ((string, string)[])[("PUT", """{"disabled":true}"""), ("DELETE", "")])
        {
            var refused = await admin.SendAsync(method, path, body);
            Assert.Contains("make another admin key first", refused.Detail, StringComparison.Ordinal);
        }

        await admin.OkAsync("POST", "/_weir/admin/keys", """{"tenant":"000000000000","admin":true}""", 201);
        Assert.Equal(204, (await admin.SendAsync("DELETE", path)).Status);
    }
}
