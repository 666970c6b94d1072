using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class GetWebhookOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync() => await _rest.Queues.CreateAsync("orders");

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task It_tells_what_there_is_and_what_it_did()
    {
        await using var push = _rest.StartWebhooks();
        await _rest.PutAsync(
            "/_weir/webhooks/shop", """{"queue":"orders","url":"http://a.example/","timeoutSeconds":7}""");
        var webhook = (await _rest.GetAsync("/_weir/webhooks/shop")).Json;
        Assert.Equal(("shop", "orders", "7", "0"), (webhook["name"]!.ToString(), webhook["queue"]!.ToString(),
            webhook["timeoutSeconds"]!.ToString(), webhook["figures"]!["attempts"]!.ToString()));
        Assert.False(webhook.ContainsKey("secret"));
        Assert.Equal(404, (await _rest.GetAsync("/_weir/webhooks/other")).Status);
    }

    [Fact]
    public async Task It_is_there_after_a_restart()
    {
        await _rest.PutAsync("/_weir/webhooks/shop", """{"queue":"orders","url":"http://a.example/"}""");
        await _rest.RestartAsync();
        await using var push = _rest.StartWebhooks();
        Assert.NotNull((await _rest.GetAsync("/_weir/webhooks/shop")).Json["figures"]);
    }
}
