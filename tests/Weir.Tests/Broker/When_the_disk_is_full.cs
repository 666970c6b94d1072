using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Broker.TestBroker;

namespace Weir.Tests.Broker;

public sealed class When_the_disk_is_full
{
    [Fact]
    public async Task Sends_are_refused_while_receives_and_deletes_go_on()
    {
        var reserveBytes = 0L;
        await using var test = new TestBroker(options => options with
        {
            Journal = options.Journal with { ReserveBytes = reserveBytes },
        });
        await test.CreateAsync(Orders);
        await test.SendAsync(Orders, "kept");

        // No disk has this much room.
        reserveBytes = long.MaxValue;
        await test.RestartAsync();

        Assert.Equal(FaultCode.DiskFull, (await test.SendAsync(Orders, "refused")).Fault?.Code);
        var message = Assert.Single((await test.ReceiveAsync(Orders)).Value);
        Assert.Equal("kept", BodyOf(message));
        var deleted = await test.Broker.ExecuteAsync(new DeleteCommand(Orders, [message.Lease.Receipt.ToString()]));
        Assert.True(deleted.Value[0].IsOk);

        reserveBytes = 0;
        await test.RestartAsync();

        Assert.True((await test.SendAsync(Orders, "taken")).Value[0].IsOk);
        Assert.Equal("taken", BodyOf(Assert.Single((await test.ReceiveAsync(Orders)).Value)));
    }
}
