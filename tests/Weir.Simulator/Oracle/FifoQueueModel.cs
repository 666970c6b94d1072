using Weir.Engine;

namespace Weir.Simulator;

// Order within each group, at most one batch of a group in flight, ids that are sent once in five minutes, and
// receives that can be repeated.
internal sealed class FifoQueueModel : QueueModel
{
    private const long WindowMs = 300_000;

    private readonly List<(string? Group, string Id, long UntilMs, string Answer)> _sent = [];
    private readonly Dictionary<int, (List<HandleModel> Leases, long UntilMs)> _attempts = [];

    public FifoQueueModel(ShardModel shard, int index, long id, QueueConfig config)
        : base(shard, index, id, config)
    {
    }

    private FifoQueueModel(ShardModel shard, FifoQueueModel other)
        : base(shard, other)
    {
        _sent.AddRange(other._sent);
        _attempts = new(other._attempts);
    }

    // Groups are looked for among the oldest messages, as many as may be in flight.
    private IEnumerable<MessageModel> Window => Messages.Take(Shard.Options.InFlightMax);

    public override QueueModel Copy(ShardModel shard) => new FifoQueueModel(shard, this);

    public override void DropOld()
    {
        base.DropOld();
        _sent.RemoveAll(sent => sent.UntilMs <= Now);
    }

    public override void Configure(QueueConfig config)
    {
        var isChanged = config.Delay != Config.Delay;
        foreach (var message in Messages.Where(message => isChanged && message.IsDelayed(Now)).ToList())
            Replace(message, message with { VisibleMs = message.SentMs + Ms(config.Delay) });
        base.Configure(config);
    }

    public override string Send(Send send) =>
        send.Messages().Any(message => message.Group is null || Dedup(message) is null)
            ? nameof(FaultCode.InvalidValue)
            : SendAll([.. send.Messages()]);

    protected override string? RefusalByIds(Message message) =>
        message.Group is null || Dedup(message) is null ? nameof(FaultCode.InvalidValue)
        : _sent.Count >= Shard.Options.DeduplicationIdsMax ? nameof(FaultCode.Overloaded)
        : null;

    public override void Publish(Message message) =>
        SendOne(message with { DelaySeconds = null }, firstSent: null);

    public override string Receive(Receive receive)
    {
        if (receive.Attempt is { } id && Repeat(id, receive) is { } repeated) return repeated;
        var leased = new List<HandleModel>();
        var (answer, letters) = ("", new LettersModel(this));
        while (leased.Count < receive.Max && !Flow.IsDeliveryPaused && FreeHead() is { } head)
        {
            // Choose from the group before leasing any: the first lease of it closes the group to others.
            var room = Math.Min(
                Math.Min(receive.Max - leased.Count, Shard.Options.InFlightMax - InFlight), DeliveryRoom());
            var chosen = new List<MessageModel>();
            for (var message = head; message?.IsVisible(Now) == true && chosen.Count < room;)
            {
                var next = BehindInGroup(message);
                if (!letters.TryMove(message, Now))
                {
                    if (letters.IsExhausted) break;
                    chosen.Add(message);
                }

                message = next;
            }

            foreach (var message in chosen)
            {
                answer += Lease(message, receive);
                leased.Add(new HandleModel(Index, Id, message.Sequence, message.Receives + 1));
            }

            if (letters.IsExhausted || room <= 0) break;
        }

        EndLeasesOfZero(receive, leased.Select(handle => handle.Sequence));
        if (receive.Attempt is { } attempt && leased.Count > 0) _attempts[attempt] = (leased, Now + WindowMs);
        return answer;
    }

    public override string Delete(HandleModel handle)
    {
        if (Find(handle.Sequence) is not { } message) return Answers.Done;
        if (!message.IsInFlight(Now) || message.Receives != handle.Receives) return nameof(FaultCode.InvalidValue);
        Messages.Remove(message);
        return Answers.Done;
    }

    public override string ChangeVisibility(HandleModel handle, int seconds)
    {
        var answer = base.ChangeVisibility(handle, seconds);
        if (answer != Answers.Done) return answer;
        foreach (var (id, attempt) in _attempts.ToList())
        {
            if (attempt.Leases.Contains(handle)) _attempts.Remove(id);
        }

        return answer;
    }

    public override MessageModel? Next() => FreeHead();

    public override string Digest() =>
        $"{base.Digest()} sent {string.Join(' ', _sent)} attempts "
        + string.Join(' ', _attempts.OrderBy(attempt => attempt.Key).Select(attempt =>
            $"{attempt.Key} {attempt.Value.UntilMs} {string.Join(' ', attempt.Value.Leases)}"));

    // The first messages of groups that may be received from; the one that was sent first is next.
    private MessageModel? FreeHead() => Window
        .GroupBy(message => message.Group)
        .Where(group => group.First().IsVisible(Now) && !group.Any(message => message.IsInFlight(Now)))
        .Select(group => group.First())
        .FirstOrDefault();

    private MessageModel? BehindInGroup(MessageModel message) => Window
        .SkipWhile(other => other != message)
        .Skip(1)
        .FirstOrDefault(other => other.Group == message.Group);

    private string? Repeat(int id, Receive receive)
    {
        if (!_attempts.TryGetValue(id, out var attempt) || attempt.UntilMs <= Now) return null;
        var messages = attempt.Leases.ConvertAll(lease => Messages.Find(message =>
            message.Sequence == lease.Sequence && message.Receives == lease.Receives && message.IsInFlight(Now)));
        if (messages.Contains(null)) return null;
        foreach (var message in messages) Replace(message!, message! with { VisibleMs = VisibleMs(receive) });
        return string.Concat(messages.Select(message => Hand(message!)));
    }

    private string SendAll(Message[] messages)
    {
        var (first, evictions, answers) = (NextSequence, 16 + messages.Length, new List<string>());
        foreach (var message in messages)
        {
            answers.Add(SendOne(message, first));
            MakeRoom(first, ref evictions);
        }

        return string.Join(' ', answers);
    }

    // A publication was checked before.
    private string SendOne(Message message, long? firstSent)
    {
        var (id, group) = (Dedup(message)!, Calls.Group(message));
        var scope = Config.DeduplicationScope == DeduplicationScope.MessageGroup ? group : null;
        if (message.DelaySeconds > 0) return nameof(FaultCode.InvalidValue);
        var first = _sent.Find(sent => sent.Group == scope && sent.Id == id);
        if (first.Answer is { } answer) return answer;
        if (_sent.Count >= Shard.Options.DeduplicationIdsMax) return nameof(FaultCode.Overloaded);
        if (firstSent is { } sent && !HasRoomFor(1, Stored(message), sent)) return nameof(FaultCode.QueueFull);
        answer = Append(message, group, id, Ms(Config.Delay));
        _sent.Add((scope, id, Now + WindowMs, answer));
        return answer;
    }

    private string? Dedup(Message message) =>
        Calls.Dedup(message) ?? (Config.ContentBasedDeduplication ? Calls.ContentDedup(message) : null);
}
