using Weir.Engine;

namespace Weir.Simulator;

// Visible messages in the order of their sequences, each for itself, and those of noisy groups last.
internal sealed class StandardQueueModel : QueueModel
{
    private const long MinuteMs = 60_000;
    private const long SilenceMs = 5 * MinuteMs;

    private readonly List<(string? Group, long EndMs, long Ms)> _processing = [];
    private readonly SortedDictionary<string, (long SentMs, long Sequence)> _noisy = new(StringComparer.Ordinal);

    public StandardQueueModel(ShardModel shard, int index, long id, QueueConfig config)
        : base(shard, index, id, config)
    {
    }

    private StandardQueueModel(ShardModel shard, StandardQueueModel other)
        : base(shard, other)
    {
        _processing.AddRange(other._processing);
        foreach (var (group, mark) in other._noisy) _noisy.Add(group, mark);
    }

    public override QueueModel Copy(ShardModel shard) => new StandardQueueModel(shard, this);

    public override string Send(Send send)
    {
        var (first, evictions) = (NextSequence, 16 + send.Messages().Count());
        var answers = new List<string>();
        foreach (var message in send.Messages())
        {
            answers.Add(HasRoomFor(1, Stored(message), first)
                ? Append(message, Calls.Group(message), dedup: null, message.DelaySeconds * 1000L ?? Ms(Config.Delay))
                : nameof(FaultCode.QueueFull));
            MakeRoom(first, ref evictions);
        }

        return string.Join(' ', answers);
    }

    protected override string? RefusalByIds(Message message) => null;

    public override void Publish(Message message) =>
        Append(message, Calls.Group(message), dedup: null, Ms(Config.Delay));

    public override string Receive(Receive receive)
    {
        if (receive.Attempt is not null) return nameof(FaultCode.InvalidValue);
        var (leased, answer, letters) = (new List<long>(), "", new LettersModel(this));
        while (leased.Count < receive.Max && !Flow.IsDeliveryPaused && Choose() is { } message)
        {
            if (letters.TryMove(message, Now)) continue;
            if (letters.IsExhausted || DeliveryRoom() <= 0) break;
            if (InFlight >= Shard.Options.InFlightMax)
            {
                if (leased.Count == 0) return nameof(FaultCode.InFlightLimit);
                break;
            }

            answer += Lease(message, receive);
            leased.Add(message.Sequence);
            MarkIfNoisy(message.Group);
        }

        EndLeasesOfZero(receive, leased);
        return answer;
    }

    public override string Delete(HandleModel handle)
    {
        if (Find(handle.Sequence) is not { } message || message.Receives != handle.Receives) return Answers.Done;
        Count(message);
        Messages.RemoveAll(other => other.Sequence == handle.Sequence);
        return Answers.Done;
    }

    public override void DropOld()
    {
        foreach (var message in Messages.Where(message => EndMs(message) <= Now).ToList()) Count(message);
        _processing.RemoveAll(part => part.EndMs / MinuteMs < (Now / MinuteMs) - 1);
        base.DropOld();
    }

    public override void Count(MessageModel message)
    {
        if (message.IsCounted) return;
        var end = Math.Min(Now, EndMs(message));
        if (end > message.LeasedMs) _processing.Add((message.Group, end, end - message.LeasedMs));
        Replace(message, message with { IsCounted = true });
    }

    public override void Purge()
    {
        base.Purge();
        _processing.Clear();
        _noisy.Clear();
    }

    public override MessageModel? Next() => Messages.Find(message => message.IsVisible(Now));

    public override string Digest() =>
        $"{base.Digest()} processing {string.Join(' ', _processing.OrderBy(part => part.EndMs))} "
        + $"noisy {string.Join(' ', _noisy)}";

    private MessageModel? Choose()
    {
        var visible = Messages.Where(message => message.IsVisible(Now)).ToList();
        return visible.Find(message => !IsNoisy(message.Group))
            ?? visible.MinBy(message => (InFlightOf(message.Group), message.Sequence));
    }

    public override void Arrive(string? group, long sequence)
    {
        if (group is null || !_noisy.ContainsKey(group)) return;
        if (IsQuietAgain(group)) _noisy.Remove(group);
        else _noisy[group] = (Now, sequence);
    }

    private bool IsNoisy(string? group) =>
        group is not null && (IsOverShare(group) || (_noisy.ContainsKey(group) && !IsQuietAgain(group)));

    private void MarkIfNoisy(string? group)
    {
        if (group is null || !IsOverShare(group)) return;
        if (!_noisy.TryGetValue(group, out var mark) || mark.SentMs + SilenceMs <= Now)
            _noisy[group] = (Now, NextSequence - 1);
    }

    private bool IsQuietAgain(string group)
    {
        var (sentMs, sequence) = _noisy[group];
        if (sentMs + SilenceMs <= Now) return true;
        return InFlightOf(group) == 0
            && !Messages.Exists(message => message.IsVisible(Now) && message.Sequence <= sequence);
    }

    private bool IsOverShare(string group)
    {
        var (inFlight, options) = (InFlightOf(group), Shard.Options);
        if (inFlight >= options.NoisyInFlightMin && inFlight * 100 > InFlight * options.NoisySharePercent) return true;
        var recent = _processing.Where(part => part.EndMs / MinuteMs >= (Now / MinuteMs) - 1).ToList();
        var (all, own) = (recent.Sum(part => part.Ms), recent.Where(part => part.Group == group).Sum(part => part.Ms));
        return own >= options.NoisyProcessingMsMin && own * 100 > all * options.NoisySharePercent;
    }

    private int InFlightOf(string? group) =>
        Messages.Count(message => message.Group == group && message.IsInFlight(Now));

    private long EndMs(MessageModel message) => Math.Min(message.VisibleMs, message.SentMs + RetentionMs);
}
