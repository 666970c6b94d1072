using Weir.Tests.Delivery;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class RotateWebhookSecretOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync() => await _rest.Queues.CreateAsync("orders");

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task The_new_secret_signs_beside_the_old_one()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var push = _rest.StartWebhooks();
        var first = await _rest.PutAsync(
            "/_weir/webhooks/shop", $$"""{"queue":"orders","url":"{{receiver.Address}}"}""");
        var second = await _rest.PostAsync("/_weir/webhooks/shop/secret", "");
        Assert.NotEqual(first.Json["secret"]!.ToString(), second.Json["secret"]!.ToString());

        await _rest.PostAsync("/_weir/queues/orders/messages", "hello");
        while (receiver.Arrived.IsEmpty) await Task.Yield();

        Assert.Equal(2, Assert.Single(receiver.Arrived).Headers["webhook-signature"].ToString().Split(' ').Length);
        Assert.Equal(404, (await _rest.PostAsync("/_weir/webhooks/other/secret", "")).Status);
    }
}
