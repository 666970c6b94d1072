using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class DeleteCommandTests
{
    private readonly EngineHarness _engine = new();

    [Fact]
    public void A_message_is_deleted_once_and_for_all()
    {
        var message = Received(Orders);
        Assert.Equal(FaultCode.None, _engine.Delete(Orders, message));
        Assert.Equal(FaultCode.None, _engine.Delete(Orders, message));
        _engine.AdvanceSeconds(1000);

        Assert.Empty(_engine.Receive(Orders));
        Assert.Equal(0, _engine.Shard.Live.Count);
    }

    [Fact]
    public void A_stale_handle_of_a_standard_queue_deletes_nothing_and_says_nothing()
    {
        var stale = Received(Orders);
        _engine.AdvanceSeconds(30);
        var current = _engine.ReceiveOne(Orders);

        Assert.Equal(FaultCode.None, _engine.Delete(Orders, stale));
        Assert.Equal(1, _engine.Counters(Orders).InFlight);
        Assert.Equal(FaultCode.None, _engine.Delete(Orders, current));
        Assert.Equal(0, _engine.Counters(Orders).InFlight);
    }

    [Fact]
    public void After_its_lease_a_standard_queue_still_takes_the_newest_handle()
    {
        var message = Received(Orders);
        _engine.AdvanceSeconds(30);

        Assert.Equal(FaultCode.None, _engine.Delete(Orders, message));
        Assert.Empty(_engine.Receive(Orders));
    }

    [Fact]
    public void After_its_lease_a_fifo_queue_refuses_the_handle()
    {
        var message = Received(Fifo);
        _engine.AdvanceSeconds(30);
        Assert.Equal(FaultCode.InvalidValue, _engine.Delete(Fifo, message));
        var current = _engine.ReceiveOne(Fifo);

        Assert.Equal(FaultCode.InvalidValue, _engine.Delete(Fifo, message));
        Assert.Equal(FaultCode.None, _engine.Delete(Fifo, current));
        Assert.Equal(FaultCode.None, _engine.Delete(Fifo, current));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void What_is_no_handle_is_refused(string handle)
    {
        _engine.Create(Orders);
        Assert.Equal(FaultCode.ReceiptHandleInvalid, _engine.Delete(Orders, handle));
    }

    [Fact]
    public void A_handle_of_another_queue_or_of_an_earlier_one_of_that_name_is_refused()
    {
        var message = Received(Orders);
        _engine.Create(Failed);
        Assert.Equal(FaultCode.ReceiptHandleInvalid, _engine.Delete(Failed, message));
        _engine.Do(new DeleteQueueCommand(Orders));
        Received(Orders);
        Assert.Equal(FaultCode.ReceiptHandleInvalid, _engine.Delete(Orders, message));
    }

    [Fact]
    public void A_batch_takes_each_handle_for_itself()
    {
        var message = Received(Orders);
        var outcomes = _engine.Do(new DeleteCommand(Orders, ["garbage", message.Receipt.ToString()]));
        Assert.Equal([false, true], outcomes.Select(outcome => outcome.IsOk));
        Assert.Equal(FaultCode.QueueNotFound, _engine.Refused(new DeleteCommand(Failed, ["garbage"])));
    }

    private LeasedMessage Received(QueueName name)
    {
        _engine.Create(name);
        if (name.HasFifoSuffix) _engine.SendTo(name, "group");
        else _engine.Send(name);
        return _engine.ReceiveOne(name);
    }
}
