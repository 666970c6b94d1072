using Weir.Engine;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class ChangeVisibilityCommandTests
{
    private const double Hours12 = 12 * 3600;

    private readonly EngineHarness _engine = new();
    private readonly LeasedMessage _message;

    public ChangeVisibilityCommandTests()
    {
        _engine.Create(Orders);
        _engine.Send(Orders);
        _message = _engine.ReceiveOne(Orders);
    }

    [Fact]
    public void The_new_timeout_counts_from_now()
    {
        _engine.AdvanceSeconds(20);
        Assert.Equal(FaultCode.None, _engine.ChangeVisibility(Orders, _message, 50));
        _engine.AdvanceSeconds(49.999);
        Assert.Empty(_engine.Receive(Orders));
        _engine.AdvanceSeconds(0.001);
        Assert.Single(_engine.Receive(Orders));
    }

    [Fact]
    public void Zero_makes_the_message_visible_at_once()
    {
        Assert.Equal(FaultCode.None, _engine.ChangeVisibility(Orders, _message, 0));
        Assert.Equal(2, _engine.ReceiveOne(Orders).ReceiveCount);
    }

    [Fact]
    public void No_lease_lasts_longer_than_twelve_hours_from_its_receive()
    {
        Assert.Equal(FaultCode.None, _engine.ChangeVisibility(Orders, _message, Hours12));
        _engine.AdvanceSeconds(1);
        Assert.Equal(FaultCode.InvalidValue, _engine.ChangeVisibility(Orders, _message, Hours12));
        Assert.Equal(FaultCode.None, _engine.ChangeVisibility(Orders, _message, Hours12 - 1));
    }

    [Fact]
    public void A_message_that_is_visible_again_or_anothers_is_not_in_flight()
    {
        _engine.AdvanceSeconds(30);
        Assert.Equal(FaultCode.MessageNotInFlight, _engine.ChangeVisibility(Orders, _message, 10));
        _engine.ReceiveOne(Orders);
        Assert.Equal(FaultCode.MessageNotInFlight, _engine.ChangeVisibility(Orders, _message, 10));
    }

    [Fact]
    public void A_message_that_is_gone_and_what_is_no_handle_are_refused()
    {
        _engine.Delete(Orders, _message);
        Assert.Equal(FaultCode.InvalidValue, _engine.ChangeVisibility(Orders, _message, 10));
        Assert.Equal(FaultCode.ReceiptHandleInvalid, _engine.ChangeVisibility(Orders, "garbage", 10));
    }
}
