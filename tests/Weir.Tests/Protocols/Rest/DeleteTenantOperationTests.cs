using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class DeleteTenantOperationTests
{
    [Fact]
    public async Task It_goes_when_it_has_nothing_any_more()
    {
        await using var admin = await TestAdmin.StartAsync(rest =>
        {
            rest.Queues.Caller = (TestAdmin.Account, "eu-west-1");
            return rest.Queues.CreateAsync("orders");
        });
        await admin.KeyAsync();
        var withKey = await admin.SendAsync("DELETE", TestAdmin.Shop);
        Assert.Contains("access keys", withKey.Detail, StringComparison.Ordinal);
        foreach (var key in (await admin.OkAsync("GET", $"/_weir/admin/keys?tenant={TestAdmin.Account}"))
            .Json["keys"]!.AsArray())
            await admin.SendAsync("DELETE", $"/_weir/admin/keys/{key!["id"]}");
        var withQueue = await admin.SendAsync("DELETE", TestAdmin.Shop);
        Assert.Contains("1 queues", withQueue.Detail, StringComparison.Ordinal);
        await admin.Rest.Queues.Broker.Broker.ExecuteAsync(
            new DeleteQueueCommand(new QueueName(TestAdmin.Account, "eu-west-1", "orders")));
        Assert.Equal(204, (await admin.SendAsync("DELETE", TestAdmin.Shop)).Status);
        Assert.Equal(404, (await admin.SendAsync("DELETE", TestAdmin.Shop)).Status);
    }
}
