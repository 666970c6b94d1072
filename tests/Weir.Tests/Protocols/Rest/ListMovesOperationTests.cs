using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class ListMovesOperationTests : MoveScene
{
    [Fact]
    public async Task The_newest_move_is_the_first()
    {
        Assert.Empty((await Rest.GetAsync(Moves)).Json["moves"]!.AsArray());
        foreach (var rate in (int[])[7, 8])
        {
            await Rest.PostAsync(Moves, $$"""{"to":"again","rate":{{rate}}}""");
            await Rest.EndOfMoveAsync("orders");
        }

        var moves = (await Rest.GetAsync(Moves)).Json["moves"]!.AsArray();
        Assert.Equal([8, 7], moves.Select(move => (int)move!["rate"]!));
        Assert.All(moves, move => Assert.Equal(("again", 0), ((string?)move!["to"], (int)move["moved"]!)));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_not_found() =>
        Assert.Equal(404, (await Rest.GetAsync("/_weir/queues/none/moves")).Status);
}
