using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class StartMoveOperationTests : MoveScene
{
    [Fact]
    public async Task Only_what_the_filter_wants_is_moved()
    {
        foreach (var kind in (string[])["a", "b", "a"]) await Rest.Queues.SendAsync($$"""{"kind":"{{kind}}"}""");

        var move = await Rest.PostAsync(
            Moves, """{"to":"again","where":{"body":{"kind":["a"]}}}""");

        Assert.Equal((202, "running", 3), (move.Status, (string?)move.Json["state"], (int)move.Json["of"]!));
        var ended = await Rest.EndOfMoveAsync("orders");
        Assert.Equal(("completed", 2), ((string?)ended["state"], (int)ended["moved"]!));
        Assert.Equal("""{"body":{"kind":["a"]}}""", ended["where"]!.ToJsonString());
        Assert.Equal(2, (await Rest.GetAsync("/_weir/queues/again/messages")).Json["messages"]!.AsArray().Count);
        Assert.Single((await Rest.GetAsync("/_weir/queues/orders/messages")).Json["messages"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"to":"again","where":{"body":1}}""")]
    [InlineData("""{"to":"again","rate":0}""")]
    [InlineData("""{"to":"again","rate":501}""")]
    [InlineData("""{"to":"a/b"}""")]
    [InlineData("""{"to":"again","filter":{}}""")]
    [InlineData("""{"to":"orders"}""")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task What_makes_no_move_is_refused(string body) =>
        Assert.Equal(400, (await Rest.PostAsync(Moves, body)).Status);

    [Fact]
    public async Task A_queue_that_is_not_there_is_not_found()
    {
        Assert.Equal(404, (await Rest.PostAsync("/_weir/queues/none/moves", """{"to":"again"}""")).Status);
        Assert.Equal(404, (await Rest.PostAsync(Moves, """{"to":"none"}""")).Status);
    }

    [Fact]
    public async Task A_message_that_is_half_a_pair_of_surrogates_breaks_no_filter()
    {
        await Rest.Queues.SendAsync("""{"a":"\ud800"}""");
        await Rest.Queues.SendAsync("""{"a":"b"}""");

        var started = await Rest.PostAsync(Moves, """{"to":"again","where":{"body":{"a":["b"]}}}""");
        Assert.Equal(202, started.Status);
        var ended = await Rest.EndOfMoveAsync("orders");

        Assert.Equal(("completed", 1), ((string?)ended["state"], (int)ended["moved"]!));
    }

    [Fact]
    public async Task After_a_pause_a_move_goes_on_at_its_rate()
    {
        for (var i = 0; i < 20; i++) await Rest.Queues.SendAsync($"{i}");
        await Rest.PostAsync(Moves, """{"to":"again","rate":1}""");

        // An hour in one step: as a server that was away sees it.
        Rest.Queues.Broker.Time.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 5; i++) await Rest.GetAsync(Moves);

        var moves = await Rest.GetAsync(Moves);
        Assert.InRange((int)moves.Json["moves"]![0]!["moved"]!, 0, 1);
    }
}
