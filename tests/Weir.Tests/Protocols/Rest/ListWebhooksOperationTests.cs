using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class ListWebhooksOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync() => await _rest.Queues.CreateAsync("orders");

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task All_are_listed_by_name()
    {
        Assert.Empty((await _rest.GetAsync("/_weir/webhooks")).Json["webhooks"]!.AsArray());
        await _rest.PutAsync("/_weir/webhooks/b", """{"queue":"orders","url":"http://a.example/"}""");
        await _rest.PutAsync("/_weir/webhooks/a", """{"queue":"orders","url":"http://a.example/"}""");
        var listed = (await _rest.GetAsync("/_weir/webhooks")).Json["webhooks"]!.AsArray();
        Assert.Equal(["a", "b"], listed.Select(webhook => webhook!["name"]!.ToString()));
    }
}
