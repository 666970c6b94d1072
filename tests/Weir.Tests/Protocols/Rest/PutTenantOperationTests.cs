using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class PutTenantOperationTests
{
    [Fact]
    public async Task A_tenant_is_made_renamed_suspended_and_resumed()
    {
        await using var rest = new TestRest();
        var made = await rest.PutAsync(TestAdmin.Shop, """{"name":"shop"}""");
        Assert.Equal((201, "shop", false), (
            made.Status, made.Json["name"]!.ToString(), made.Json["suspended"]!.GetValue<bool>()));
        await rest.PutAsync(TestAdmin.Shop, """{"suspended":true}""");
        await rest.RestartAsync();
        var changed = await rest.PutAsync(TestAdmin.Shop, """{"name":"store"}""");
        Assert.Equal((200, "store", true), (
            changed.Status, changed.Json["name"]!.ToString(), changed.Json["suspended"]!.GetValue<bool>()));
        var resumed = await rest.PutAsync(TestAdmin.Shop, """{"suspended":false}""");
        Assert.False(resumed.Json["suspended"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("/_weir/admin/tenants/shop", "{}", "12 digits")]
    [InlineData("/_weir/admin/tenants/1111222233334", "{}", "12 digits")]
    [InlineData(TestAdmin.Shop, "[]", "JSON object")]
    [InlineData(TestAdmin.Shop, "", "JSON object")]
    [InlineData(TestAdmin.Shop, """{"nam":"x"}""", "name, suspended, placement")]
    [InlineData(TestAdmin.Shop, """{"placement":"island"}""", "placement is pool, or silo")]
    [InlineData("/_weir/admin/tenants/000000000000", """{"suspended":true}""", "cannot be suspended")]
    public async Task What_cannot_be_is_refused(string path, string body, string reason)
    {
        await using var rest = new TestRest();
        var reply = await rest.PutAsync(path, body);
        Assert.Contains(reason, reply.Detail, StringComparison.Ordinal);
        Assert.Empty((await rest.GetAsync("/_weir/admin/tenants")).Json["tenants"]!.AsArray());
    }

    [Fact]
    public async Task A_tenant_is_placed_and_moved()
    {
        await using var rest = new TestRest();
        var made = await rest.PutAsync(TestAdmin.Shop, """{"placement":"silo"}""");
        Assert.Equal((201, "silo"), (made.Status, made.Json["placement"]!.ToString()));
        await rest.RestartAsync();
        Assert.Equal("silo", (await rest.GetAsync(TestAdmin.Shop)).Json["placement"]!.ToString());
        var kept = await rest.PutAsync(TestAdmin.Shop, """{"name":"shop"}""");
        Assert.Equal("silo", kept.Json["placement"]!.ToString());
        var moved = await rest.PutAsync(TestAdmin.Shop, """{"placement":"pool"}""");
        Assert.Equal((200, "pool"), (moved.Status, moved.Json["placement"]!.ToString()));
        var refused = await rest.PutAsync("/_weir/admin/tenants/000000000000", """{"placement":"silo"}""");
        Assert.Contains("stays in the pool", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_signs_for_a_suspended_tenant()
    {
        await using var admin = await TestAdmin.StartAsync();
        var ann = await admin.KeyAsync();
        Assert.Equal(404, (await ann("GET", "/_weir/webhooks/none", "")).Status);
        await admin.OkAsync("PUT", TestAdmin.Shop, """{"suspended":true}""");
        var refused = await ann("GET", "/_weir/webhooks/none", "");
        Assert.Equal(403, refused.Status);
        Assert.Contains("suspended", refused.Detail, StringComparison.Ordinal);
        await admin.OkAsync("PUT", TestAdmin.Shop, """{"suspended":false}""");
        Assert.Equal(404, (await ann("GET", "/_weir/webhooks/none", "")).Status);
    }

    [Fact]
    public async Task A_tenant_with_the_only_admin_keys_is_not_suspended()
    {
        await using var admin = await TestAdmin.StartAsync();
        await admin.OkAsync("PUT", TestAdmin.Shop, """{"name":"shop"}""", 201);
        var other = await admin.OkAsync(
            "POST", "/_weir/admin/keys", $$"""{"tenant":"{{TestAdmin.Account}}","admin":true}""", 201);
        await admin.OkAsync("PUT", TestAdmin.Shop, """{"suspended":true}""");
        var last = await admin.SendAsync("DELETE", $"/_weir/admin/keys/{admin.Id}");
        Assert.Equal(400, last.Status);
        await admin.OkAsync("PUT", TestAdmin.Shop, """{"suspended":false}""");
        await admin.OkAsync("DELETE", $"/_weir/admin/keys/{admin.Id}", status: 204);

        var basic = TestAdmin.Basic(other.Json["id"]!.ToString(), other.Json["secret"]!.ToString());
        var refused = await admin.Rest.SendAsync("PUT", TestAdmin.Shop, """{"suspended":true}"""u8.ToArray(), basic);

        Assert.Equal(400, refused.Status);
        Assert.Contains("nobody could resume it", refused.Detail, StringComparison.Ordinal);
    }
}
