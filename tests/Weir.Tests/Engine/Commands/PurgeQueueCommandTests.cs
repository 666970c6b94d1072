using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class PurgeQueueCommandTests
{
    private readonly EngineHarness _engine = new();

    [Fact]
    public void A_purge_takes_all_and_another_must_wait_a_minute()
    {
        _engine.Create(Orders);
        _engine.Send(Orders);
        _engine.ReceiveOne(Orders);
        _engine.Send(Orders, _engine.Entry(delay: TimeSpan.FromSeconds(9)));
        _engine.Send(Orders);
        _engine.Do(new PurgeQueueCommand(Orders));
        Assert.Equal(new QueueCounters(0, 0, 0), _engine.Counters(Orders));
        Assert.Equal(0, _engine.Shard.Live.Count);

        _engine.AdvanceSeconds(59.999);
        Assert.Equal(FaultCode.PurgeInProgress, _engine.Refused(new PurgeQueueCommand(Orders)));
        _engine.AdvanceSeconds(0.001);
        _engine.Do(new PurgeQueueCommand(Orders));
        var next = _engine.Send(Orders);
        Assert.Equal(4, next.Sequence);
    }
}
