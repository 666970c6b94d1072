using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Lifetime;

public sealed class When_the_server_stops(OwnServer own) : IClassFixture<OwnServer>
{
    [Fact]
    public async Task Receives_that_wait_end_and_hold_nothing_up()
    {
        var sqs = own.Client(ClientKinds.DotNet, Account.Of(nameof(When_the_server_stops)));
        var queue = await sqs.CreateAsync("waited-for");
        Task[] waiting = [.. Enumerable.Range(0, 5).Select(_ => sqs.ReceiveAsync(queue, MessageCalls.LongestWait))];
        await sqs.CountersAsync(queue);

        await own.Weir.StopAsync();

        // An empty answer or a closed connection: either tells the client to ask again.
        foreach (var wait in waiting)
        {
            var ended = await Record.ExceptionAsync(() => wait);
            Assert.True(ended is null or SqsUnknownOutcomeException or SqsRefusedException, $"{ended}");
        }
        await own.Weir.StartAgainAsync();
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
    }
}
