using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class FilteredMoveTaskTests : MoveTaskScene
{
    private const string Filter = """{"anything":["goes"]}""";

    [Fact]
    public void What_is_wanted_goes_and_the_rest_stays_as_it_was_in_its_order()
    {
        var dead = DeadLetter(9);
        var wanted = dead.Where((_, i) => i % 3 == 1).ToHashSet();

        var ended = Run(wanted);

        Assert.Equal((MoveTaskStatus.Completed, 3), (ended.Status, ended.Moved));
        Assert.Equal(3, Engine.Counters(Orders).Visible);
        var left = Engine.Receive(Failed, 10);
        Assert.Equal(dead.Where(id => !wanted.Contains(id)), left.Select(message => message.MessageId));
        Assert.All(left, message => Assert.Equal(Orders, message.DeadLetterSource));
        Assert.All(Browse(), message => Assert.Equal(DeadLetterCause.ReceivedTooOften, message.Cause));
    }

    [Fact]
    public void What_comes_after_its_start_is_not_looked_at()
    {
        DeadLetter(2);
        var task = StartFiltered();
        var later = Engine.Send(Failed).MessageId;
        Engine.AdvanceSeconds(1);
        var seen = new List<Guid>();

        var ended = Step(task, message =>
        {
            seen.Add(message.MessageId);
            return false;
        });

        Assert.Equal((MoveTaskStatus.Completed, 0), (ended.Status, ended.Moved));
        Assert.Equal(2, seen.Count);
        Assert.DoesNotContain(later, seen);
    }

    [Fact]
    public void It_goes_on_where_it_was_after_a_restart()
    {
        var dead = DeadLetter(6);
        var task = StartFiltered();
        Engine.AdvanceSeconds(0.003);
        Assert.Equal(1, Step(task, _ => true).Moved);
        foreach (var fromCheckpoint in (bool[])[false, true])
        {
            Engine.Restart(fromCheckpoint);
            Assert.Equal(Filter, Engine.Shard.FilterOf(task));
        }

        Engine.AdvanceSeconds(1);
        var ended = Step(task, message => message.MessageId == dead[4]);
        Assert.Equal((MoveTaskStatus.Completed, 2), (ended.Status, ended.Moved));
        Assert.Equal(4, Engine.Counters(Failed).Visible);
    }

    [Fact]
    public void A_filter_that_nobody_understands_ends_it_and_moves_nothing()
    {
        DeadLetter(2);
        var task = StartFiltered();
        Engine.AdvanceSeconds(1);
        var ended = Engine.Do(new StepMoveTaskCommand(task, [Engine.NewId()]));

        Assert.Equal((MoveTaskStatus.Failed, "FilterNotUnderstood", 0),
            (ended.Status, ended.FailureReason, ended.Moved));
        Assert.Equal(2, Engine.Counters(Failed).Visible);
    }

    [Fact]
    public void A_fifo_queue_keeps_the_order_of_what_stays()
    {
        Engine.Create(FailedFifo);
        Engine.Create(Fifo);
        var sent = Enumerable.Range(0, 8).Select(i => Engine.SendTo(FailedFifo, $"g{i % 2}").MessageId).ToArray();
        var (wanted, task) = (sent.Where((_, i) => i % 4 == 0).ToHashSet(), Engine.NewId());
        Engine.Do(new StartMoveTaskCommand(task, FailedFifo, Fifo, null) { Filter = Filter, IsAnySource = true });
        Engine.AdvanceSeconds(1);

        var ended = Step(task, message => wanted.Contains(message.MessageId));

        Assert.Equal((MoveTaskStatus.Completed, 2), (ended.Status, ended.Moved));
        Assert.Equal(2, Engine.Receive(Fifo, 10).Count);
        Assert.Equal(
            sent.Where(id => !wanted.Contains(id)), Browse(FailedFifo).Select(message => message.MessageId));
    }

    [Fact]
    public void A_fifo_queue_whose_window_is_full_of_what_stays_says_that_more_is_out_of_reach()
    {
        var engine = new EngineHarness(Options(options => options with { InFlightMax = 2 }));
        engine.Create(FailedFifo);
        engine.Create(Fifo);
        for (var i = 0; i < 4; i++) engine.SendTo(FailedFifo, "g");
        var task = engine.NewId();
        engine.Do(new StartMoveTaskCommand(task, FailedFifo, Fifo, null) { Filter = Filter, IsAnySource = true });
        engine.AdvanceSeconds(1);

        var ended = engine.Do(new StepMoveTaskCommand(task, [engine.NewId()], _ => false));

        Assert.Equal((MoveTaskStatus.Failed, "TooManyMessagesBeforeTheNext"), (ended.Status, ended.FailureReason));
    }

    [Fact]
    public void A_queue_that_is_no_dead_letter_queue_takes_a_destination()
    {
        Engine.Send(Elsewhere);
        Assert.Equal(FaultCode.InvalidValue, Engine.Refused(
            new StartMoveTaskCommand(Engine.NewId(), Elsewhere, null, null) { IsAnySource = true }));
        Assert.Equal(FaultCode.InvalidValue, Engine.Refused(
            new StartMoveTaskCommand(Engine.NewId(), Elsewhere, Failed, null)));
        Engine.Do(new StartMoveTaskCommand(Engine.NewId(), Elsewhere, Failed, null) { IsAnySource = true });
    }

    private MoveTaskDescription Run(HashSet<Guid> wanted)
    {
        var task = StartFiltered();
        Engine.AdvanceSeconds(1);
        return Step(task, message => wanted.Contains(message.MessageId));
    }

    private Guid StartFiltered()
    {
        var task = Engine.NewId();
        Engine.Do(new StartMoveTaskCommand(task, Failed, null, null) { Filter = Filter });
        return task;
    }

    private MoveTaskDescription Step(Guid task, Func<StoredMessage, bool> isWanted) => Engine.Do(
        new StepMoveTaskCommand(task, [.. Enumerable.Range(0, 10).Select(_ => Engine.NewId())], isWanted));

    private IReadOnlyList<StoredMessage> Browse(QueueName? queue = null) =>
        Engine.Do(new BrowseCommand(queue ?? Failed, 0, 0, 100));
}
