using Weir.Engine;

namespace Weir.Tests.Engine.Model;

internal sealed class StandardQueueModel(ShardModel shard, long id, QueueName name) : QueueModel(shard, id, name)
{
    private const long MinuteMs = 60_000;
    private const long SilenceMs = 5 * MinuteMs;

    private readonly List<(string? Group, long EndMs, long Ms)> _processing = [];
    private readonly SortedDictionary<string, (long SentMs, long Sequence)> _noisy = new(StringComparer.Ordinal);

    public override void DropOld()
    {
        foreach (var message in Messages.Where(message => EndMs(message) <= Now)) Count(message);
        base.DropOld();
    }

    public override void Count(MessageModel message)
    {
        if (message.IsCounted) return;
        var end = Math.Min(Now, EndMs(message));
        if (end > message.LeasedMs) _processing.Add((message.Group, end, end - message.LeasedMs));
        message.IsCounted = true;
    }

    public override void Purge()
    {
        base.Purge();
        _processing.Clear();
        _noisy.Clear();
    }

    public override string Send(Guid id, string? group, string? dedup, string content, TimeSpan? delay) =>
        dedup is not null ? "InvalidValue" : Append(id, group, dedup, delay ?? Config.Delay);

    public override string Receive(int max, TimeSpan? visibility, string? attempt)
    {
        if (attempt is not null) return "InvalidValue";
        var (leased, answer) = (new List<MessageModel>(), new List<string>());
        while (leased.Count < max && Choose() is { } message)
        {
            if (DeadLetter(message)) continue;
            if (InFlight >= Shard.InFlightMax)
            {
                if (leased.Count == 0) return "InFlightLimit";
                break;
            }

            answer.Add(Lease(message, visibility));
            leased.Add(message);

            // With a timeout of zero it is visible again when all are chosen.
            message.VisibleMs = Math.Max(message.VisibleMs, Now + 1);
            MarkIfNoisy(message.Group);
        }

        if ((visibility ?? Config.VisibilityTimeout) == TimeSpan.Zero)
            leased.ForEach(message => message.VisibleMs = Now);
        return string.Join('\n', answer);
    }

    public override string Delete(long sequence, int receives)
    {
        if (Find(sequence) is not { } message || message.Receives != receives) return "done";
        Count(message);
        Messages.Remove(message);
        return "done";
    }

    public override MessageModel? NextToMove() => Messages.Find(message => message.IsVisible(Now));

    /// <summary>Quiet groups' messages in the order of sending; else of the group with the fewest in flight.</summary>
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

    private long EndMs(MessageModel message) => Math.Min(message.VisibleMs, message.SentMs + Ms(Config.Retention));
}
