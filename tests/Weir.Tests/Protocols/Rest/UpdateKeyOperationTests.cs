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

    [Fact]
    public async Task Policies_bind_a_key_at_once_and_after_a_restart_until_they_are_taken_away()
    {
        await using var admin = await TestAdmin.StartAsync();
        var ann = await admin.KeyAsync("ann");
        var id = (await admin.OkAsync("GET", $"/_weir/admin/keys?tenant={TestAdmin.Account}"))
            .Json["keys"]![0]!["id"]!.ToString();
        const string policy =
            """{"Statement":{"Effect":"Allow","Action":["sqs:SendMessage","weir:GetWebhook"],"Resource":"*"}}""";

        var answer = await admin.OkAsync("PUT", $"/_weir/admin/keys/{id}", $$"""{"policies":[{{policy}}]}""");

        Assert.Equal(policy, answer.Json["policies"]![0]!.ToJsonString());
        for (var restarts = 0; restarts < 2; restarts++)
        {
            var refused = await ann("GET", "/_weir/webhooks", "");
            Assert.Equal((403, "not-allowed"), (refused.Status, refused.Problem));
            Assert.Equal(404, (await ann("GET", "/_weir/webhooks/none", "")).Status);
            Assert.Equal(404, (await ann("POST", "/_weir/queues/none/messages", "hello")).Status);
            Assert.Equal(403, (await ann("POST", "/_weir/topics/none/messages", "hello")).Status);
            await admin.Rest.RestartAsync();
        }

        await admin.OkAsync("PUT", $"/_weir/admin/keys/{id}", """{"policies":[]}""");
        Assert.Equal(200, (await ann("GET", "/_weir/webhooks", "")).Status);
    }

    [Theory]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}""", "no Principal")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:Sned*","Resource":"*"}""", "no action sqs:Sned*")]
    [InlineData("""{"Effect":"Allow","Action":"iam:*","Resource":"*"}""", "of a service")]
    public async Task Policies_that_are_not_served_are_refused(string statement, string reason)
    {
        await using var admin = await TestAdmin.StartAsync();
        var refused = await admin.SendAsync(
            "PUT", $"/_weir/admin/keys/{admin.Id}", $$"""{"policies":[{"Statement":{{statement}}}]}""");
        Assert.Equal(400, refused.Status);
        Assert.Contains(reason, refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admins_key_is_bound_by_none()
    {
        await using var admin = await TestAdmin.StartAsync();
        var refused = await admin.SendAsync("PUT", $"/_weir/admin/keys/{admin.Id}", """
            {"policies":[{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}]}
            """);
        Assert.Contains("bound by no policies", refused.Detail, StringComparison.Ordinal);
    }
}
