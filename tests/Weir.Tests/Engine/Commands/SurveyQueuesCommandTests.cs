using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;

namespace Weir.Tests.Engine.Commands;

public sealed class SurveyQueuesCommandTests
{
    private readonly EngineHarness _engine = new();

    [Fact]
    public void What_happens_to_messages_is_counted()
    {
        _engine.Create(EngineHarness.Orders);
        for (var i = 0; i < 5; i++) _engine.Send(EngineHarness.Orders);
        _engine.AdvanceSeconds(3);
        var received = _engine.Receive(EngineHarness.Orders, max: 2);
        _engine.Delete(EngineHarness.Orders, received[0]);

        var figures = Survey(EngineHarness.Orders);

        Assert.Equal(new QueueTotals(5, 2, 1, 0, 0, 0, 0, 0), figures.Totals);
        Assert.Equal(new QueueCounters(3, 1, 0), figures.Counters);
        Assert.Equal(4 * "body".Length, figures.Bytes);
        Assert.Equal(_engine.NowUnixMs - 3_000, figures.OldestSentUnixMs);
        Assert.Equal((2, 6_000), (figures.Dwell!.Count, figures.Dwell.SumMs));
        Assert.InRange(figures.Dwell.Quantile(0.5)!.Value, 2_500, 5_000);
    }

    [Fact]
    public void A_second_receive_is_no_first_one()
    {
        _engine.Create(EngineHarness.Orders);
        _engine.Send(EngineHarness.Orders);
        _engine.ReceiveOne(EngineHarness.Orders, visibility: 1);
        _engine.AdvanceSeconds(2);
        _engine.ReceiveOne(EngineHarness.Orders);

        var figures = Survey(EngineHarness.Orders);

        Assert.Equal(2, figures.Totals.Received);
        Assert.Equal(1, figures.Dwell!.Count);
    }

    [Fact]
    public void What_grows_too_old_is_counted_wherever_it_waits()
    {
        _engine.Create(EngineHarness.Orders, new QueueConfigPatch { Retention = TimeSpan.FromMinutes(1) });
        for (var i = 0; i < 9; i++) _engine.Send(EngineHarness.Orders);
        _engine.Receive(EngineHarness.Orders, max: 2, visibility: 3600);
        _engine.AdvanceSeconds(61);

        Assert.Equal(9, Survey(EngineHarness.Orders).Totals.Expired);
        Assert.Null(Survey(EngineHarness.Orders).OldestSentUnixMs);
    }

    [Fact]
    public void Replay_counts_nothing_and_counting_changes_nothing()
    {
        _engine.Create(EngineHarness.Orders);
        _engine.Send(EngineHarness.Orders);
        var replayed = _engine.NewShard();
        foreach (var frame in _engine.Frames)
            replayed.Replay(frame.NowUnixMs, frame.Records, frame.Segment, frame.Offset);

        var page = replayed.Execute(new SurveyQueuesCommand(null, 10)).Value!;

        Assert.Equal(default, Assert.Single(page.Queues).Totals);
        Assert.Equal(EngineHarness.Checkpoint(replayed), _engine.Checkpoint());
    }

    [Fact]
    public void A_page_ends_where_the_next_begins()
    {
        for (var i = 0; i < 5; i++) _engine.Create(EngineHarness.Named($"q{i}"));
        var names = new List<string>();
        QueueName? next = null;
        do
        {
            var page = _engine.Do(new SurveyQueuesCommand(next, 2));
            Assert.InRange(page.Queues.Count, 1, 2);
            names.AddRange(page.Queues.Select(queue => queue.Name.Name));
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(["q0", "q1", "q2", "q3", "q4"], names);
    }

    [Fact]
    public void What_a_queue_did_that_is_gone_is_its_tenants()
    {
        _engine.Create(EngineHarness.Orders);
        _engine.Send(EngineHarness.Orders);
        _engine.Do(new DeleteQueueCommand(EngineHarness.Orders));

        var page = _engine.Do(new SurveyQueuesCommand(null, 10));

        Assert.Empty(page.Queues);
        Assert.Equal(1, Assert.Single(page.Gone).Value.Sent);
    }

    private QueueFigures Survey(QueueName name) =>
        Assert.Single(_engine.Do(new SurveyQueuesCommand(null, 10)).Queues, queue => queue.Name == name);
}
