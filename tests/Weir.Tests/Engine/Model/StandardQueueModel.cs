using Weir.Engine;

namespace Weir.Tests.Engine.Model;

internal sealed class StandardQueueModel(ShardModel shard, long id, QueueName name) : QueueModel(shard, id, name)
{
    private const long MinuteMs = 60_000;

    private readonly List<(string? Group, long EndMs, long Ms)> _processing = [];

    public override void DropOld()
    {
        foreach (var message in Messages.Where(message => EndMs(message) <= Now)) Count(message);
        base.DropOld();
    }

    public override void Count(MessageModel message)
    {
        if (message.IsCounted) return;
        var end = Math.Min(Now, EndMs(message));
        _processing.Add((message.Group, end, end - message.LeasedMs));
        message.IsCounted = true;
    }

    public override void Purge()
    {
        base.Purge();
        _processing.Clear();
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
        }

        if ((visibility ?? Config.VisibilityTimeout) == TimeSpan.Zero) leased.ForEach(message => message.VisibleMs = Now);
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
            ?? visible.OrderBy(message => InFlightOf(message.Group)).ThenBy(message => message.Sequence).FirstOrDefault();
    }

    private bool IsNoisy(string? group)
    {
        if (group is null) return false;
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
