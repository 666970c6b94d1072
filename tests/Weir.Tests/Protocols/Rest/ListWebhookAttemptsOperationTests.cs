using Weir.Tests.Delivery;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class ListWebhookAttemptsOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync() => await _rest.Queues.CreateAsync("orders");

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task Attempts_are_told_with_status_and_answer()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.AnswerWith(410);
        await using var push = _rest.StartWebhooks();
        await _rest.PutAsync("/_weir/webhooks/shop", $$"""{"queue":"orders","url":"{{receiver.Address}}"}""");
        await _rest.PostAsync("/_weir/queues/orders/messages", "hello");

        var attempts = (await _rest.GetAsync("/_weir/webhooks/shop/attempts")).Json["attempts"]!.AsArray();
        while (attempts.Count == 0)
            attempts = (await _rest.GetAsync("/_weir/webhooks/shop/attempts")).Json["attempts"]!.AsArray();

        Assert.Equal(("1", "410"), (attempts[0]!["attempt"]!.ToString(), attempts[0]!["status"]!.ToString()));
        Assert.Equal(404, (await _rest.GetAsync("/_weir/webhooks/other/attempts")).Status);
    }
}
