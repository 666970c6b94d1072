using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class PutQuotaOperationTests
{
    private const string Path = "/_weir/admin/quotas/";

    [Fact]
    public async Task A_tenant_is_held_to_its_requests_and_another_is_not()
    {
        await using var rest = new TestRest();
        rest.Queues.Caller = (TestAdmin.Account, "us-east-1");
        await rest.Queues.CreateAsync("orders");
        await rest.PutAsync($"{Path}{TestAdmin.Account}", """{"requestsPerSecond":2}""");

        Assert.Equal("200, 200, 403", await StatusesAsync(rest, 3));
        var refused = await rest.Queues.JsonAsync("ListQueues", "{}");
        Assert.Equal("RequestThrottled", refused.Code);
        Assert.Contains("quota of requests a second", refused.Message, StringComparison.Ordinal);
        rest.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal("200, 403", await StatusesAsync(rest, 2));

        rest.Queues.Caller = ("444455556666", "us-east-1");
        Assert.Equal("200, 200, 200", await StatusesAsync(rest, 3));
        var listed = (await rest.GetAsync("/_weir/admin/quotas")).Json["quotas"]![0]!;
        Assert.Equal(3, listed["throttled"]!["byRequests"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_body_may_be_larger_than_a_second_has_and_is_made_up_for()
    {
        await using var rest = new TestRest();
        await rest.Queues.CreateAsync("orders");
        await rest.PutAsync($"{Path}default", """{"bytesPerSecond":1024}""");
        Assert.Equal(202, (await rest.PostAsync("/_weir/queues/orders/messages", new string('x', 3000))).Status);

        var refused = await rest.PostAsync("/_weir/queues/orders/messages", "x");
        Assert.Equal((429, "quota-used-up", "2"), (
            refused.Status, refused.Problem, refused.Headers["Retry-After"]));
        rest.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(202, (await rest.PostAsync("/_weir/queues/orders/messages", "x")).Status);
    }

    [Fact]
    public async Task All_protocols_count_together_and_the_admin_is_never_shut_out()
    {
        await using var rest = new TestRest();
        await rest.PutAsync($"{Path}default", """{"requestsPerSecond":1}""");
        Assert.Equal("200", await StatusesAsync(rest, 1));
        Assert.Equal(429, (await rest.GetAsync("/_weir/webhooks")).Status);
        Assert.Equal(200, (await rest.PutAsync($"{Path}default", """{"requestsPerSecond":1000}""")).Status);
        Assert.Equal(429, (await rest.GetAsync("/_weir/webhooks")).Status);
        rest.Queues.Broker.Time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(200, (await rest.GetAsync("/_weir/webhooks")).Status);
        await rest.RestartAsync();
        var kept = (await rest.GetAsync("/_weir/admin/quotas")).Json["quotas"]![0]!;
        Assert.Equal(1000, kept["requestsPerSecond"]!.GetValue<double>());
    }

    [Fact]
    public async Task Who_only_claims_to_be_a_tenant_uses_up_nothing_of_it()
    {
        await using var admin = await TestAdmin.StartAsync();
        var ann = await admin.KeyAsync();
        await admin.OkAsync("PUT", $"{Path}{TestAdmin.Account}", """{"requestsPerSecond":1}""");
        var key = (await admin.OkAsync("GET", $"/_weir/admin/keys?tenant={TestAdmin.Account}"))
            .Json["keys"]![0]!["id"]!.ToString();
        admin.Rest.Queues.Caller = (key, "us-east-1");
        Assert.Equal("403, 403, 403", await StatusesAsync(admin.Rest, 3));
        Assert.Equal(200, (await ann("GET", "/_weir/webhooks", "")).Status);
    }

    [Theory]
    [InlineData("shop", "{}", "12 digits")]
    [InlineData("default", """{"requestsPerSecond":0}""", "above 0")]
    [InlineData("default", """{"bytesPerSecond":1023}""", "from 1024")]
    [InlineData("default", """{"requests":1}""", "requestsPerSecond, bytesPerSecond")]
    [InlineData("default", """{"messagesMax":-1}""", "messagesMax is from 0")]
    [InlineData("default", """{"connectionsMax":0}""", "connectionsMax is from 1")]
    [InlineData("default", """{"webhookConcurrencyMax":0}""", "webhookConcurrencyMax is from 1")]
    public async Task What_cannot_be_is_refused(string name, string body, string reason)
    {
        await using var rest = new TestRest();
        Assert.Contains(reason, (await rest.PutAsync(Path + name, body)).Detail, StringComparison.Ordinal);
    }

    private static async Task<string> StatusesAsync(TestRest rest, int requests)
    {
        var statuses = new int[requests];
        for (var i = 0; i < requests; i++) statuses[i] = (await rest.Queues.JsonAsync("ListQueues", "{}")).Status;
        return string.Join(", ", statuses);
    }
}
