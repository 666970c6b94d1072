using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class DeleteWebhookOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync() => await _rest.Queues.CreateAsync("orders");

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task It_goes_and_its_queue_stays()
    {
        await using var push = _rest.StartWebhooks();
        await _rest.PutAsync("/_weir/webhooks/shop", """{"queue":"orders","url":"http://a.example/"}""");
        Assert.Equal(204, (await _rest.DeleteAsync("/_weir/webhooks/shop")).Status);
        Assert.Equal(404, (await _rest.DeleteAsync("/_weir/webhooks/shop")).Status);
        await _rest.PostAsync("/_weir/queues/orders/messages", "hello");
        Assert.Equal("hello", Weir.Tests.Broker.TestBroker.BodyOf(await _rest.ReceiveAsync()));
    }
}
