using System.Collections.Immutable;
using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;

namespace Weir.Tests.Engine.Model;

/// <summary>Does each operation to the engine and to the model, and compares their answers and contents.</summary>
internal sealed class SideBySide
{
    private const int InFlightMax = 6;

    private readonly QueueName[] _names;
    private readonly ShardModel _model;
    private readonly List<ReceiptHandle> _handles = [];
    private readonly List<Guid> _tasks = [];
    private readonly bool _isFifo;
    private int _step;
    private int _shards;

    public SideBySide(bool isFifo)
    {
        _isFifo = isFifo;
        _names = [.. Enumerable.Range(0, ShardModel.QueuesMax)
            .Select(i => EngineHarness.Named((char)('a' + i) + (isFifo ? QueueName.FifoSuffix : "")))];
        var options = EngineHarness.Options(small => small with
        {
            InFlightMax = InFlightMax, NoisyInFlightMin = 2, NoisySharePercent = 40, NoisyProcessingMsMin = 4_000,
        });
        _model = new ShardModel(isFifo, options);
        Engine = new EngineHarness(options);
        for (var i = 0; i < ShardModel.QueuesMax; i++) Do(new CreateQueue(i));
    }

    public EngineHarness Engine { get; }

    public void Do(Operation operation)
    {
        _step++;
        _model.AdvanceTo(Engine.NowUnixMs);
        var (actual, expected) = Both(operation);
        _model.AdvanceTo(Engine.NowUnixMs);
        Assert.True(expected == actual,
            $"Step {_step}, {operation}:\nexpected {expected}\nactual   {actual}");
    }

    /// <summary>Compares all that can be asked about the queues.</summary>
    public void CompareState(Operation? after)
    {
        _model.AdvanceTo(Engine.NowUnixMs);
        foreach (var name in _names)
        {
            var actual = Answer(Engine.Run(new GetQueueCommand(name)), queue =>
                $"{queue.Counters} {queue.Config} revision {queue.Revision}");
            var expected = _model.Find(name) is { } queue
                ? $"{new QueueCounters(queue.Visible, queue.InFlight, queue.Delayed)} {queue.Config} "
                    + $"revision {queue.Revision}"
                : "QueueNotFound";
            Assert.True(expected == actual, $"Step {_step}, after {after}:\nexpected {expected}\nactual   {actual}");
            if (_model.Find(name) is not { } source) continue;
            Assert.Equal(
                _model.TasksOf(source),
                Engine.Do(new ListMoveTasksCommand(name, 10)).Select(MoveTaskModel.Describe));
        }
    }

    private (string Actual, string Expected) Both(Operation operation) => operation switch
    {
        Pass pass => Quietly(() => Engine.Advance(TimeSpan.FromMilliseconds(pass.Ms))),
        Restart restart => Quietly(() => Engine.Restart(restart.FromCheckpoint)),
        MoveTenant move => Quietly(() =>
        {
            Engine.MoveTo(++_shards, move.BytesMax);
            _model.MoveTo(_shards);
        }),
        Compact compact => Quietly(() => Engine.Compact(compact.Segments)),
        Send send => Both(send),
        Receive receive => Both(receive),
        Delete delete => ByHandle(delete.Handle, (name, text) => One(new DeleteCommand(name, [text])),
            (queue, handle) => queue.Delete(handle.Sequence, handle.ReceiveCount)),
        ChangeVisibility change => ByHandle(change.Handle,
            (name, text) => One(new ChangeVisibilityCommand(
                name, [new VisibilityChange(text, TimeSpan.FromSeconds(change.Seconds))])),
            (queue, handle) => queue.ChangeVisibility(handle.Sequence, handle.ReceiveCount, change.Seconds)),
        Purge purge => (
            Answer(Engine.Run(new PurgeQueueCommand(_names[purge.Queue]))),
            OnQueue(purge.Queue, _model.Purge)),
        Configure configure => (
            Answer(Engine.Run(new ConfigureQueueCommand(_names[configure.Queue], Patch(configure)))),
            OnQueue(configure.Queue, queue => _model.Configure(queue, Patched(queue.Config, Patch(configure))))),
        CreateQueue create => (
            Answer(
                Engine.Run(new CreateQueueCommand(
                    _names[create.Queue], QueueConfigPatch.Empty, ImmutableSortedDictionary<string, string>.Empty)),
                queue => $"revision {queue.Revision}"),
            _model.CreateQueue(_names[create.Queue])),
        DeleteQueue delete => (
            Answer(Engine.Run(new DeleteQueueCommand(_names[delete.Queue]))),
            OnQueue(delete.Queue, _model.DeleteQueue)),
        StartMove start => Both(start),
        StepMove step => Both(step),
        CancelMove cancel => (
            Answer(Engine.Run(new CancelMoveTaskCommand(_names[cancel.Source], Task(cancel.Back))),
                MoveTaskModel.Describe),
            _model.CancelMove(Task(cancel.Back), _names[cancel.Source])),
        _ => throw new InvalidOperationException($"{operation} has no meaning."),
    };

    private static (string, string) Quietly(Action action)
    {
        action();
        return ("", "");
    }

    private (string, string) Both(Send send)
    {
        var group = send.Group is { } g ? $"g{g}" : null;
        var dedup = send.Dedup is { } d && (_isFifo || d == 0) ? $"d{d}" : null;
        TimeSpan? delay = send.DelaySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var content = $"content {_step % 3}";
        var entry = Engine.Entry(group, dedup, delay, content) with { ContentDeduplicationId = content };
        var actual = Engine.Run(new SendCommand(_names[send.Queue], [entry]));
        return (
            actual.IsOk ? Answer(actual.Value[0], sent => $"{sent.MessageId} {sent.Sequence}") : Answer(actual),
            OnQueue(send.Queue, queue => queue.Send(entry.MessageId, group, dedup, content, delay)));
    }

    private (string, string) Both(Receive receive)
    {
        TimeSpan? visibility = receive.VisibilitySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var attempt = receive.Attempt is { } a && (_isFifo || a == 0) ? $"a{a}" : null;
        var actual = Engine.Run(new ReceiveCommand(_names[receive.Queue], receive.Max, visibility, attempt)
        {
            // Whoever leases, the queue does the same.
            IsForBroker = _step % 3 == 0,
        });
        if (actual.IsOk) _handles.AddRange(actual.Value.Select(message => message.Receipt));
        return (
            Answer(actual, messages => string.Join('\n', messages.Select(MessageModel.Describe))),
            OnQueue(receive.Queue, queue => queue.Receive(receive.Max, visibility, attempt)));
    }

    private (string, string) Both(StartMove start)
    {
        var id = Engine.NewId();
        _tasks.Add(id);
        var destination = start.Destination is { } d ? _names[d] : null;
        return (
            Answer(Engine.Run(new StartMoveTaskCommand(id, _names[start.Source], destination, start.Rate)),
                MoveTaskModel.Describe),
            _model.StartMove(id, _names[start.Source], destination, start.Rate));
    }

    private (string, string) Both(StepMove step)
    {
        var ids = Enumerable.Range(0, step.Max).Select(_ => Engine.NewId()).ToList();
        return (
            Answer(Engine.Run(new StepMoveTaskCommand(Task(step.Back), ids)), MoveTaskModel.Describe),
            _model.StepMove(Task(step.Back), ids));
    }

    private (string, string) ByHandle(
        HandlePick pick, Func<QueueName, string, string> engine, Func<QueueModel, ReceiptHandle, string> model)
    {
        var handle = _handles.Count == 0 ? default : _handles[^(1 + (pick.Back % _handles.Count))];
        var owner = _model.Find(handle.QueueId);
        var target = pick.Kind == HandleKind.Own && owner is not null ? owner.Name : _names[pick.Queue];
        var text = pick.Kind == HandleKind.Garbage ? "!" + handle.ToString()[1..] : handle.ToString();
        var isItsOwn = owner?.Name == target && pick.Kind != HandleKind.Garbage;
        return (
            engine(target, text),
            _model.Find(target) is not { } queue ? "QueueNotFound"
                : isItsOwn ? model(queue, handle) : "ReceiptHandleInvalid");
    }

    private string OnQueue(int queue, Func<QueueModel, string> answer) =>
        _model.Find(_names[queue]) is { } found ? answer(found) : "QueueNotFound";

    private Guid Task(int back) => _tasks.Count == 0 ? Guid.Empty : _tasks[^(1 + (back % _tasks.Count))];

    private string One(Weir.Engine.Commands.Command<IReadOnlyList<Outcome<Done>>> command)
    {
        var outcome = Engine.Run(command);
        return outcome.IsOk ? Answer(Assert.Single(outcome.Value)) : Answer(outcome);
    }

    private static string Answer<T>(Outcome<T> outcome, Func<T, string>? describe = null) =>
        outcome.Fault?.Code.ToString() ?? describe?.Invoke(outcome.Value) ?? "done";

    private QueueConfigPatch Patch(Configure configure)
    {
        var value = configure.Value;
        var other = _names[value % ShardModel.QueuesMax];
        return configure.Setting switch
        {
            Setting.Delay => new() { Delay = TimeSpan.FromSeconds(value) },
            Setting.Visibility => new() { VisibilityTimeout = TimeSpan.FromSeconds(value) },
            Setting.Retention => new() { Retention = TimeSpan.FromSeconds(60 * (value + 1)) },
            Setting.Redrive => new()
            {
                Redrive = new(value == 5 ? null : new RedrivePolicy(other, 1 + (value % 2))),
            },
            Setting.RedriveAllow => new()
            {
                RedriveAllow = new(value switch
                {
                    0 => new RedriveAllowPolicy(RedrivePermission.DenyAll, []),
                    1 or 2 => new RedriveAllowPolicy(RedrivePermission.ByQueue, [other]),
                    _ => null,
                }),
            },
            Setting.DedupScope => new()
            {
                DeduplicationScope = _isFifo && value % 2 == 1
                    ? DeduplicationScope.MessageGroup : DeduplicationScope.Queue,
            },
            _ => new() { ContentBasedDeduplication = _isFifo && value % 2 == 1 },
        };
    }

    private static QueueConfig Patched(QueueConfig config, QueueConfigPatch patch) => config with
    {
        Delay = patch.Delay ?? config.Delay,
        VisibilityTimeout = patch.VisibilityTimeout ?? config.VisibilityTimeout,
        Retention = patch.Retention ?? config.Retention,
        Redrive = patch.Redrive is { } redrive ? redrive.Value : config.Redrive,
        RedriveAllow = patch.RedriveAllow is { } allow ? allow.Value : config.RedriveAllow,
        DeduplicationScope = patch.DeduplicationScope ?? config.DeduplicationScope,
        ContentBasedDeduplication = patch.ContentBasedDeduplication ?? config.ContentBasedDeduplication,
    };
}
