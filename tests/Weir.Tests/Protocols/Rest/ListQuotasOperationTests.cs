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
            (TestAdmin.Account, 4096, """{"byRequests":0,"byBytes":0}"""),
            (listed[0]!["name"]!.ToString(), listed[0]!["bytesPerSecond"]!.GetValue<long>(),
                listed[0]!["throttled"]!.ToJsonString()));
        Assert.Equal("""{"name":"default","requestsPerSecond":1000}""", listed[1]!.ToJsonString());
    }
}
