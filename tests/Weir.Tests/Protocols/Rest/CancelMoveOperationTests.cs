using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class CancelMoveOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync()
    {
        await _rest.Queues.CreateAsync("orders");
        await _rest.Queues.CreateAsync("again");
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task The_move_under_way_ends()
    {
        await _rest.Queues.SendAsync("a");
        await _rest.PostAsync("/_weir/queues/orders/moves", """{"to":"again","rate":1}""");

        var cancelled = await _rest.DeleteAsync("/_weir/queues/orders/moves");

        Assert.Equal((200, "cancelled"), (cancelled.Status, (string?)cancelled.Json["state"]));
        Assert.Equal(404, (await _rest.DeleteAsync("/_weir/queues/orders/moves")).Status);
    }

    [Fact]
    public async Task Where_none_is_under_way_there_is_none_to_end()
    {
        Assert.Equal(404, (await _rest.DeleteAsync("/_weir/queues/orders/moves")).Status);
        Assert.Equal(404, (await _rest.DeleteAsync("/_weir/queues/none/moves")).Status);
    }
}
