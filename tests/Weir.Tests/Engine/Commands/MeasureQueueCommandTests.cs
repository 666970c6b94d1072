using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;

namespace Weir.Tests.Engine.Commands;

public sealed class MeasureQueueCommandTests
{
    private readonly EngineHarness _engine = new();

    [Fact]
    public void It_counts_all_messages_and_their_contents_wherever_they_are_kept()
    {
        _engine.Create(EngineHarness.Orders);
        for (var i = 0; i < 40; i++) _engine.Send(EngineHarness.Orders, _engine.Entry(body: new string('x', 100 + i)));
        var stored = _engine.Do(new BrowseCommand(EngineHarness.Orders, 0, 0, 100));
        var bytes = stored.Sum(message => (long)message.Payload.Length);
        Assert.True(bytes >= (40 * 100) + (39 * 20));
        _ = _engine.Receive(EngineHarness.Orders, max: 3);

        Assert.Equal(new QueueMeasure(40, bytes), _engine.Do(new MeasureQueueCommand(EngineHarness.Orders)));
    }

    [Fact]
    public void What_expired_counts_no_more()
    {
        _engine.Create(EngineHarness.Orders);
        _engine.Send(EngineHarness.Orders, _engine.Entry());
        _engine.AdvanceSeconds((int)QueueConfig.Standard.Retention.TotalSeconds);

        Assert.Equal(default, _engine.Do(new MeasureQueueCommand(EngineHarness.Orders)));
    }

    [Fact]
    public void A_queue_that_is_not_there_is_not_found() => Assert.Equal(
        FaultCode.QueueNotFound, _engine.Refused(new MeasureQueueCommand(EngineHarness.Failed)));
}
