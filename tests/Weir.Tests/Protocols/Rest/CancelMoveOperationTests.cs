using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class CancelMoveOperationTests : MoveScene
{
    [Fact]
    public async Task The_move_under_way_ends()
    {
        await Rest.Queues.SendAsync("a");
        await Rest.PostAsync(Moves, """{"to":"again","rate":1}""");

        var cancelled = await Rest.DeleteAsync(Moves);

        Assert.Equal((200, "cancelled"), (cancelled.Status, (string?)cancelled.Json["state"]));
        Assert.Equal(404, (await Rest.DeleteAsync(Moves)).Status);
    }

    [Fact]
    public async Task Where_none_is_under_way_there_is_none_to_end()
    {
        Assert.Equal(404, (await Rest.DeleteAsync(Moves)).Status);
        Assert.Equal(404, (await Rest.DeleteAsync("/_weir/queues/none/moves")).Status);
    }
}
