using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class ListQuotasOperationTests
{
    [Fact]
    public async Task All_are_told_with_what_was_refused()
    {
        await using var rest = new TestRest();
        Assert.Empty((await rest.GetAsync("/_weir/admin/quotas")).Json["quotas"]!.AsArray());
        await rest.PutAsync("/_weir/admin/quotas/default", """{"requestsPerSecond":1000}""");
        await rest.PutAsync($"/_weir/admin/quotas/{TestAdmin.Account}", """{"bytesPerSecond":4096}""");
        var listed = (await rest.GetAsync("/_weir/admin/quotas")).Json["quotas"]!.AsArray();
        Assert.Equal(
            (TestAdmin.Account, 4096, 0, 0),
            (listed[0]!["name"]!.ToString(), listed[0]!["bytesPerSecond"]!.GetValue<long>(),
                listed[0]!["throttled"]!["byRequests"]!.GetValue<int>(),
                listed[0]!["throttled"]!["byMessages"]!.GetValue<int>()));
        Assert.Equal("""{"name":"default","requestsPerSecond":1000}""", listed[1]!.ToJsonString());
    }

    [Fact]
    public async Task Who_is_held_back_is_told_with_the_quota_and_since_when_by_default_quotas_too()
    {
        await using var rest = new TestRest();
        await rest.Queues.CreateAsync("orders");
        await rest.PutAsync("/_weir/admin/quotas/default", """{"messagesMax":1}""");
        Assert.Equal(202, (await rest.PostAsync("/_weir/queues/orders/messages", "x")).Status);
        Assert.Empty((await rest.GetAsync("/_weir/admin/quotas")).Json["held"]!.AsArray());

        Assert.Equal(429, (await rest.PostAsync("/_weir/queues/orders/messages", "x")).Status);
        rest.Queues.Broker.Time.Advance(TimeSpan.FromMinutes(5));
        var held = Assert.Single((await rest.GetAsync("/_weir/admin/quotas")).Json["held"]!.AsArray())!;
        Assert.Equal("000000000000", held["account"]!.ToString());
        var by = Assert.Single(held["backPressure"]!.AsArray())!;
        Assert.Equal(
            ("messagesMax", 1, 1, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            ($"{by["quota"]}", by["max"]!.GetValue<int>(), by["used"]!.GetValue<int>(),
                by["since"]!.GetValue<DateTimeOffset>()));

        await rest.PutAsync("/_weir/admin/quotas/default", """{"messagesMax":2}""");
        Assert.Empty((await rest.GetAsync("/_weir/admin/quotas")).Json["held"]!.AsArray());
    }
}
