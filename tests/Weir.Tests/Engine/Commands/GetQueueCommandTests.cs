using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class GetQueueCommandTests
{
    private readonly EngineHarness _engine = new();

    [Fact]
    public void Its_numbers_are_those_of_this_moment()
    {
        _engine.Create(Orders);
        for (var i = 0; i < 3; i++) _engine.Send(Orders);
        _engine.Send(Orders, _engine.Entry(delay: TimeSpan.FromSeconds(10)));
        _engine.Receive(Orders, max: 2, visibility: 5);
        Assert.Equal(new QueueCounters(Visible: 1, InFlight: 2, Delayed: 1), _engine.Counters(Orders));
        _engine.AdvanceSeconds(5);
        Assert.Equal(new QueueCounters(Visible: 3, InFlight: 0, Delayed: 1), _engine.Counters(Orders));
        _engine.AdvanceSeconds(5);
        Assert.Equal(new QueueCounters(Visible: 4, InFlight: 0, Delayed: 0), _engine.Counters(Orders));
    }

    [Fact]
    public void A_queue_that_is_not_there_is_not_found() =>
        Assert.Equal(FaultCode.QueueNotFound, _engine.Refused(new GetQueueCommand(Orders)));
}
