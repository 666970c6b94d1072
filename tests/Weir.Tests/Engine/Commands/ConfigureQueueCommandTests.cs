using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class ConfigureQueueCommandTests
{
    private readonly EngineHarness _engine = new();

    [Fact]
    public void Each_change_raises_the_revision_and_no_change_does_not()
    {
        _engine.Create(Orders);
        _engine.AdvanceSeconds(1);
        _engine.Configure(Orders, new QueueConfigPatch { Delay = TimeSpan.FromSeconds(1) });
        _engine.Configure(Orders, new QueueConfigPatch { Delay = TimeSpan.FromSeconds(1) });

        Assert.Equal((2, _engine.NowUnixMs), (_engine.Get(Orders).Revision, _engine.Get(Orders).ModifiedUnixMs));
        Assert.Equal(FaultCode.ConfigChanged,
            _engine.Refused(new ConfigureQueueCommand(Orders, QueueConfigPatch.Empty, expectedRevision: 1)));
        _engine.Do(new ConfigureQueueCommand(Orders, QueueConfigPatch.Empty, expectedRevision: 2));
    }

    [Fact]
    public void A_null_removes_a_policy_or_an_attribute()
    {
        _engine.Create(Failed);
        var opaque = new QueueConfigPatch().Opaque;
        _engine.Create(Orders, new QueueConfigPatch
        {
            Redrive = new(new RedrivePolicy(Failed, 3)),
            Opaque = opaque.Add("Policy", "{}"),
        });
        _engine.Configure(Orders, new QueueConfigPatch { Redrive = new(null), Opaque = opaque.Add("Policy", null) });

        Assert.Equal(QueueConfig.Standard, _engine.Get(Orders).Config);
        Assert.Empty(_engine.Do(new ListDeadLetterSourcesCommand(Failed, null, 10)).Queues);
    }

    [Fact]
    public void A_fifo_queue_s_new_delay_reaches_the_messages_that_wait()
    {
        _engine.Create(Fifo, new QueueConfigPatch { Delay = TimeSpan.FromSeconds(100) });
        _engine.SendTo(Fifo, "a");
        _engine.AdvanceSeconds(10);
        _engine.Configure(Fifo, new QueueConfigPatch { Delay = TimeSpan.FromSeconds(20) });
        Assert.Empty(_engine.Receive(Fifo));
        _engine.AdvanceSeconds(10);
        Assert.Single(_engine.Receive(Fifo));

        _engine.SendTo(Fifo, "b");
        _engine.Configure(Fifo, new QueueConfigPatch { Delay = TimeSpan.Zero });
        Assert.Single(_engine.Receive(Fifo));
    }

    [Fact]
    public void A_standard_queue_s_new_delay_does_not()
    {
        _engine.Create(Orders, new QueueConfigPatch { Delay = TimeSpan.FromSeconds(100) });
        _engine.Send(Orders);
        _engine.Configure(Orders, new QueueConfigPatch { Delay = TimeSpan.Zero });
        Assert.Equal(1, _engine.Counters(Orders).Delayed);
    }

    [Fact]
    public void A_shorter_retention_drops_what_is_older_at_once()
    {
        _engine.Create(Orders);
        _engine.Send(Orders);
        _engine.AdvanceSeconds(60);
        _engine.Configure(Orders, new QueueConfigPatch { Retention = TimeSpan.FromSeconds(60) });
        Assert.Equal(0, _engine.Counters(Orders).Visible);
    }

    [Fact]
    public void With_its_dead_letter_queue_gone_a_queue_can_still_be_configured()
    {
        _engine.Create(Failed);
        _engine.Create(Orders, new QueueConfigPatch { Redrive = new(new RedrivePolicy(Failed, 3)) });
        _engine.Do(new DeleteQueueCommand(Failed));

        _engine.Configure(Orders, new QueueConfigPatch { Delay = TimeSpan.FromSeconds(1) });
        Assert.Equal(FaultCode.InvalidValue, _engine.Refused(new ConfigureQueueCommand(
            Orders, new QueueConfigPatch { Redrive = new(new RedrivePolicy(Failed, 4)) })));
    }

    [Fact]
    public void A_queue_that_is_not_there_cannot() => Assert.Equal(
        FaultCode.QueueNotFound, _engine.Refused(new ConfigureQueueCommand(Orders, QueueConfigPatch.Empty)));
}
