using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class CreateKeyOperationTests
{
    [Fact]
    public async Task The_first_key_is_an_admins_and_closes_the_door()
    {
        await using var rest = new TestRest();
        await rest.PutAsync(TestAdmin.Shop, "{}");
        var early = await rest.PostAsync("/_weir/admin/keys", $$"""{"tenant":"{{TestAdmin.Account}}"}""");
        Assert.Contains("first key must be an admin", early.Detail, StringComparison.Ordinal);
        Assert.Equal(200, (await rest.GetAsync("/_weir/admin/keys")).Status);

        var first = await rest.PostAsync("/_weir/admin/keys", """{"tenant":"000000000000","admin":true}""");

        Assert.Equal(201, first.Status);
        Assert.StartsWith("AKIA", first.Json["id"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(40, first.Json["secret"]!.ToString().Length);
        Assert.Equal(401, (await rest.GetAsync("/_weir/admin/keys")).Status);
    }

    [Fact]
    public async Task A_key_works_at_once_and_after_a_restart_and_only_for_its_tenant()
    {
        await using var admin = await TestAdmin.StartAsync();
        var ann = await admin.KeyAsync("ann");
        Assert.Equal(404, (await ann("GET", "/_weir/webhooks/none", "")).Status);
        await admin.Rest.RestartAsync();
        Assert.Equal(404, (await ann("GET", "/_weir/webhooks/none", "")).Status);
        var refused = await ann("GET", "/_weir/admin/tenants", "");
        Assert.Equal((403, "not-admin"), (refused.Status, refused.Problem));
    }

    [Fact]
    public async Task An_id_and_a_secret_may_be_given_once()
    {
        const string key = """{"tenant":"000000000000","id":"AKIDOFTHETESTS01","secret":"of-the-tests-itself"}""";
        await using var admin = await TestAdmin.StartAsync();
        Assert.Equal(201, (await admin.SendAsync("POST", "/_weir/admin/keys", key)).Status);
        Assert.Equal(409, (await admin.SendAsync("POST", "/_weir/admin/keys", key)).Status);
        Assert.Equal(200, (await admin.Rest.SendAsync(
            "GET", "/_weir/webhooks", [], TestAdmin.Basic("AKIDOFTHETESTS01", "of-the-tests-itself"))).Status);
    }

    [Theory]
    [InlineData("{}", "12 digits")]
    [InlineData("""{"tenant":"999999999999"}""", "no tenant")]
    [InlineData("""{"tenant":"000000000000","user":"a b"}""", "user is")]
    [InlineData("""{"tenant":"000000000000","id":"AKIDOFTHETESTS01"}""", "together")]
    [InlineData("""{"tenant":"000000000000","id":"short","secret":"of-the-tests-itself"}""", "id is 16")]
    [InlineData("""{"tenant":"000000000000","id":"AKIDOFTHETESTS01","secret":"short"}""", "secret is 16")]
    [InlineData("""{"tenant":"000000000000","rights":"all"}""", "tenant, user, admin, id, secret")]
    public async Task What_cannot_be_is_refused(string body, string reason)
    {
        await using var admin = await TestAdmin.StartAsync();
        var reply = await admin.SendAsync("POST", "/_weir/admin/keys", body);
        Assert.Contains(reason, reply.Detail, StringComparison.Ordinal);
    }
}
