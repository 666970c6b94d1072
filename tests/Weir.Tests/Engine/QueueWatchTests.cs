using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine;

public sealed class QueueWatchTests
{
    private readonly EngineHarness _engine = new();

    [Fact]
    public void A_watch_tells_once_that_something_happened()
    {
        _engine.Create(Orders);
        var watch = Assert.IsType<QueueWatch>(_engine.Shard.Watch(Orders));
        var changed = new List<QueueWatch>();
        Assert.False(_engine.Shard.TakeChanged(changed));

        _engine.Send(Orders, _engine.Entry(delay: TimeSpan.FromSeconds(1)));
        _engine.Send(Orders, _engine.Entry(delay: TimeSpan.FromSeconds(2)));
        Assert.True(_engine.Shard.TakeChanged(changed));
        Assert.Equal([watch], changed);
        Assert.Equal((false, _engine.NowUnixMs + 1000), (watch.HasReady, watch.NextVisibleUnixMs));
        _engine.AdvanceSeconds(1);
        _engine.Get(Orders);
        Assert.Equal((true, _engine.NowUnixMs + 1000), (watch.HasReady, watch.NextVisibleUnixMs));

        _engine.Do(new DeleteQueueCommand(Orders));
        Assert.True(watch.IsGone);
        Assert.Null(_engine.Shard.Watch(Orders));
    }
}
