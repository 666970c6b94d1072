using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class ListMovesOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync()
    {
        await _rest.Queues.CreateAsync("orders");
        await _rest.Queues.CreateAsync("again");
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task The_newest_move_is_the_first()
    {
        Assert.Empty((await _rest.GetAsync("/_weir/queues/orders/moves")).Json["moves"]!.AsArray());
        foreach (var rate in (int[])[7, 8])
        {
            await _rest.PostAsync("/_weir/queues/orders/moves", $$"""{"to":"again","rate":{{rate}}}""");
            await _rest.EndOfMoveAsync("orders");
        }

        var moves = (await _rest.GetAsync("/_weir/queues/orders/moves")).Json["moves"]!.AsArray();
        Assert.Equal([8, 7], moves.Select(move => (int)move!["rate"]!));
        Assert.All(moves, move => Assert.Equal(("again", 0), ((string?)move!["to"], (int)move["moved"]!)));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_not_found() =>
        Assert.Equal(404, (await _rest.GetAsync("/_weir/queues/none/moves")).Status);
}
