using Weir.Engine;

namespace Weir.Simulator;

// The broker as it should be, in lists: no indexes, no heaps, nothing lazy, nothing on a disk. It shares with the
// engine the words of requests and configurations, and not a line that decides anything.
internal sealed class ShardModel(EngineOptions options)
{
    // The broker steps its moves ten times a second, each by at most a hundred messages.
    private const long MoveIntervalMs = 100;
    private const long MoveStepMax = 100;

    private readonly List<QueueModel> _queues = [];
    private readonly List<MoveModel> _moves = [];
    private readonly List<HandleModel> _returns = [];
    private long _lastMoveMs;
    private long _queueIds;

    public EngineOptions Options { get; } = options;

    public long NowMs { get; private set; }

    public int DeadLettered { get; set; }

    // What the last receive was given.
    public List<HandleModel> Received { get; } = [];

    public bool IsMoveDue => _lastMoveMs + MoveIntervalMs <= NowMs && _moves.Exists(IsRunning);

    public IReadOnlyList<QueueModel> Queues => _queues;

    public ShardModel Copy()
    {
        var copy = new ShardModel(Options) { NowMs = NowMs, DeadLettered = DeadLettered };
        (copy._lastMoveMs, copy._queueIds) = (_lastMoveMs, _queueIds);
        copy._queues.AddRange(_queues.Select(queue => queue.Copy(copy)));
        copy._moves.AddRange(_moves);
        copy._returns.AddRange(_returns);
        return copy;
    }

    public void AdvanceTo(long nowMs)
    {
        NowMs = nowMs;
        foreach (var queue in _queues) queue.DropOld();
    }

    public QueueModel? Find(int queue) => _queues.Find(found => found.Index == queue);

    public QueueModel? Find(QueueName name) => Find(Array.IndexOf(Simulator.Queues.Names, name));

    // What the broker answers to a request now, and what becomes of the state.
    public string Apply(Call call)
    {
        foreach (var queue in _queues) queue.DropOld();
        Received.Clear();
        return call.Operation switch
        {
            Send send => On(send.Queue, queue => queue.Send(send)),
            Publish publish => Publish(publish, call),
            Receive receive => On(receive.Queue, queue => queue.Receive(receive)),
            Delete => OnHandles(call, (queue, handle) => queue.Delete(handle)),
            ChangeVisibility change => OnHandles(call, (queue, it) => queue.ChangeVisibility(it, change.Seconds)),
            Purge purge => On(purge.Queue, Purge),
            CreateQueue create => Create(create),
            DeleteQueue delete => On(delete.Queue, Remove),
            Configure configure => On(configure.Queue, queue => Configure(queue, configure)),
            Tag tag => On(tag.Queue, queue => SetTag(queue, tag)),
            Look look => On(look.Queue, queue => queue.Describe()),
            StartMove start => Start(start),
            CancelMove cancel => Cancel(cancel),
            ListMoves list => Find(list.Source) is { } queue ? MovesOf(queue) : nameof(FaultCode.ResourceNotFound),
            _ => throw new InvalidOperationException($"{call.Operation} is no request."),
        };
    }

    public bool HasReady(Receive receive) =>
        Find(receive.Queue) is not { } queue || (queue.Next() is not null && queue.DeliveryRoom() > 0);

    // A receive was answered with messages when its client had gone: the broker gives them back with its next step.
    public void ReturnNext(IEnumerable<HandleModel> handles) => _returns.AddRange(handles);

    public bool HasReturns => _returns.Count > 0;

    public void ApplyReturns()
    {
        foreach (var handle in _returns) Find(handle.Queue)?.ChangeVisibility(handle, seconds: 0);
        _returns.Clear();
    }

    public void StepMoves()
    {
        _lastMoveMs = NowMs;
        foreach (var move in _moves.Where(IsRunning).OrderBy(move => Answers.Id(move.Number)).ToList())
            _moves[_moves.IndexOf(move)] = Step(move);
    }

    // What the process knew and the disk did not.
    public void Restart()
    {
        _lastMoveMs = 0;
        for (var i = 0; i < _moves.Count; i++) _moves[i] = _moves[i].Restarted();
        _returns.Clear();
    }

    public string Digest() =>
        $"{_queueIds} {string.Join('\n', _queues.Select(queue => queue.Digest()))} moves "
        + $"{string.Join(' ', _moves)} at {_lastMoveMs} returns {string.Join(' ', _returns)}";

    // The moments at which something changes by itself.
    public IEnumerable<long> ChangesMs() => _queues
        .SelectMany(queue => queue.Messages.SelectMany(message =>
            new[] { message.VisibleMs, message.SentMs + queue.RetentionMs }))
        .Where(at => at > NowMs)
        .Distinct()
        .Order();

    private static bool IsRunning(MoveModel move) => move.Status == MoveModel.Running;

    private string On(int queue, Func<QueueModel, string> act) =>
        Find(queue) is { } found ? act(found) : nameof(FaultCode.QueueNotFound);

    private string OnHandles(Call call, Func<QueueModel, HandleModel, string> act) =>
        On(call.Queue, queue => string.Join(' ', call.Handles.Select(handle => handle.QueueId == queue.Id
            ? act(queue, handle)
            : nameof(FaultCode.ReceiptHandleInvalid))));

    // All of it or nothing.
    private string Publish(Publish publish, Call call)
    {
        foreach (var handle in call.Handles)
        {
            if (Find(call.Queue) is not { } queue) return nameof(FaultCode.QueueNotFound);
            if (handle.QueueId != queue.Id || !queue.IsLeased(handle)) return nameof(FaultCode.ReceiptHandleInvalid);
        }

        var refusals = publish.Targets()
            .Select((target, at) => (At: at, Reason: Find(target) is { } queue
                ? queue.RefusalOf(publish.Message)
                : nameof(FaultCode.QueueNotFound)))
            .Where(refusal => refusal.Reason is not null)
            .ToList();
        if (refusals.Count > 0)
            return string.Join(' ', refusals.Select(refusal => $"{refusal.At} {refusal.Reason}"));
        foreach (var handle in call.Handles) Find(call.Queue)!.Take(handle);
        var targets = publish.Targets().Select(target => (Queue: Find(target)!, First: Find(target)!.NextSequence))
            .ToList();
        targets.ForEach(target => target.Queue.Publish(publish.Message));
        var spare = 16;
        foreach (var (queue, first) in targets.Where(target => target.Queue.Flow.HasLimit))
        {
            var evictions = spare + 1;
            queue.MakeRoom(first, ref evictions);
            spare = Math.Min(spare, evictions);
        }

        return Answers.Published;
    }

    private string Create(CreateQueue create)
    {
        var name = Simulator.Queues.Names[create.Queue];
        var patch = Simulator.Queues.Patch(create.Queue, create.Setting, create.Value);
        if (Find(create.Queue) is { } existing)
        {
            return patch.ApplyTo(existing.Config) == existing.Config
                ? existing.Describe()
                : nameof(FaultCode.QueueExists);
        }

        var config = patch.ApplyTo(name.HasFifoSuffix ? QueueConfig.Fifo : QueueConfig.Standard);
        if (IsInvalid(name, before: null, config)) return nameof(FaultCode.InvalidValue);
        _queueIds++;
        QueueModel queue = config.IsFifo
            ? new FifoQueueModel(this, create.Queue, _queueIds, config)
            : new StandardQueueModel(this, create.Queue, _queueIds, config);
        _queues.Add(queue);
        return queue.Describe();
    }

    private string Remove(QueueModel queue)
    {
        _queues.Remove(queue);
        _moves.RemoveAll(move => move.SourceId == queue.Id);
        return Answers.Done;
    }

    private string Purge(QueueModel queue)
    {
        if (NowMs < queue.PurgedMs + 60_000) return nameof(FaultCode.PurgeInProgress);
        queue.PurgedMs = NowMs;
        queue.Purge();
        return Answers.Done;
    }

    private string Configure(QueueModel queue, Configure configure)
    {
        var config = Simulator.Queues.Patch(queue.Index, configure.Setting, configure.Value).ApplyTo(queue.Config);
        if (config != queue.Config && IsInvalid(Simulator.Queues.Names[queue.Index], queue.Config, config))
            return nameof(FaultCode.InvalidValue);
        queue.Configure(config);
        return Answers.Done;
    }

    private bool IsInvalid(QueueName name, QueueConfig? before, QueueConfig config)
    {
        if (!config.IsFifo && (config.ContentBasedDeduplication || config.DeduplicationScope != default)) return true;
        if (config.Flow.DeadLetters && config.Redrive is null) return true;
        return config.Redrive is { } redrive && redrive != before?.Redrive
            && (redrive.DeadLetterQueue.Account != name.Account || Find(redrive.DeadLetterQueue) is not { } target
                || target.Config.IsFifo != config.IsFifo);
    }

    private static string SetTag(QueueModel queue, Tag tag)
    {
        queue.Tags = tag.IsRemoved
            ? queue.Tags.Remove($"key{tag.Key}")
            : queue.Tags.SetItem($"key{tag.Key}", "value");
        return Answers.Done;
    }

    private string Start(StartMove start)
    {
        if (Find(start.Source) is not { } source) return nameof(FaultCode.ResourceNotFound);
        var name = Simulator.Queues.Names[start.Source];
        if (_queues.TrueForAll(queue => queue.Config.Redrive?.DeadLetterQueue != name))
            return nameof(FaultCode.InvalidValue);
        if (start.Destination is { } destination)
        {
            if (Find(destination) is not { } target) return nameof(FaultCode.ResourceNotFound);
            if (target == source || target.Config.IsFifo != source.Config.IsFifo)
                return nameof(FaultCode.InvalidValue);
        }

        if (_moves.Exists(move => move.SourceId == source.Id && IsRunning(move)))
            return nameof(FaultCode.Unsupported);
        _moves.Add(new MoveModel(
            start.Number, source.Id, start.Source, start.Destination, start.Rate ?? 500, NowMs, source.Visible)
        {
            Where = start.Where, LastSequence = source.NextSequence - 1,
        });
        return _moves[^1].Describe();
    }

    private MoveModel Step(MoveModel move)
    {
        var source = Find(move.Source)!;
        move = move.Paced(NowMs);
        var (left, evictions) = (Math.Min(move.StepMax(NowMs), MoveStepMax), 16);
        while (NextOf(move, source) is { } message)
        {
            if (!move.Wants(message))
            {
                SetBack(source, message);
                continue;
            }

            if (left-- == 0) break;
            var to = move.Destination is { } index ? Simulator.Queues.Names[index].Name : message.Source;
            var account = Simulator.Queues.Names[move.Source].Account;
            var name = to is null ? null : new QueueName(
                move.Destination is { } at ? Simulator.Queues.Names[at].Account : account, "us-east-1", to);
            if (name is null || Find(name) is not { } target) return move with { Status = "Failed" };
            if (!target.HasRoomFor(1, message.Bytes, target.NextSequence)
                || (evictions == 0 && target.IsOver(1, message.Bytes)))
                break;
            source.Count(message);
            source.Messages.RemoveAll(other => other.Sequence == message.Sequence);
            move = move with { Moved = move.Moved + 1 };
            var sequence = target.NextSequence;
            Redrive(message, target);
            target.MakeRoom(sequence, ref evictions);
        }

        return NextOf(move, source) is null ? move with { Status = "Completed" } : move;
    }

    // One with a filter looks at what was there when it began.
    private static MessageModel? NextOf(MoveModel move, QueueModel source) =>
        source.Next() is { } next && (move.Where is null || next.Sequence <= move.LastSequence) ? next : null;

    private static void SetBack(QueueModel source, MessageModel message)
    {
        source.Count(message);
        source.Messages.RemoveAll(other => other.Sequence == message.Sequence);
        source.Arrive(message.Group, source.NextSequence);
        source.Messages.Add(message with { IsCounted = true, Sequence = source.NextSequence++ });
    }

    private void Redrive(MessageModel message, QueueModel target)
    {
        target.Arrive(message.Group, target.NextSequence);
        target.Messages.Add(new MessageModel
        {
            Number = message.Number,
            Sequence = target.NextSequence++,
            Bytes = message.Bytes,
            ExpiresMs = target.ExpiryMs,
            SentMs = NowMs,
            Group = message.Group,
            Dedup = message.Dedup,
        });
    }

    private string Cancel(CancelMove cancel)
    {
        var at = _moves.FindIndex(move => move.Number == cancel.Task && move.Source == cancel.Source);
        if (at < 0) return nameof(FaultCode.ResourceNotFound);
        if (!IsRunning(_moves[at])) return nameof(FaultCode.Unsupported);
        _moves[at] = _moves[at] with { Status = "Cancelled" };
        return _moves[at].Describe();
    }

    private string MovesOf(QueueModel queue) => string.Join(' ', _moves
        .Where(move => move.SourceId == queue.Id)
        .OrderByDescending(move => move.StartedMs)
        .ThenBy(move => Answers.Id(move.Number))
        .Take(10)
        .Select(move => move.Describe()));
}
