using Weir.Engine;

namespace Weir.Tests.Engine.Model;

internal sealed class FifoQueueModel(ShardModel shard, long id, QueueName name) : QueueModel(shard, id, name)
{
    private const long WindowMs = 300_000;

    private readonly List<(string? Group, string Id, long UntilMs, string Answer)> _sent = [];
    private readonly List<AttemptModel> _attempts = [];

    public override void Configure(QueueConfig config)
    {
        if (config.Delay != Config.Delay)
        {
            foreach (var message in Messages.Where(message => message.IsDelayed(Now)))
                message.VisibleMs = message.SentMs + Ms(config.Delay);
        }

        base.Configure(config);
    }

    public override string Send(Guid id, string? group, string? dedup, string content, TimeSpan? delay)
    {
        var unique = dedup ?? (Config.ContentBasedDeduplication ? content : null);
        if (group is null || unique is null || delay > TimeSpan.Zero) return "InvalidValue";
        var scope = Config.DeduplicationScope == DeduplicationScope.MessageGroup ? group : null;
        foreach (var sent in _sent)
        {
            if (sent.Group == scope && sent.Id == unique && Now < sent.UntilMs) return sent.Answer;
        }

        var answer = Append(id, group, unique, Config.Delay);
        _sent.Add((scope, unique, Now + WindowMs, answer));
        return answer;
    }

    public override string Receive(int max, TimeSpan? visibility, string? attempt)
    {
        if (attempt is not null && Repeat(attempt, visibility) is { } repeated) return repeated;
        var inFlight = InFlight;
        var leased = new List<MessageModel>();
        var answer = new List<string>();
        while (leased.Count < max && inFlight + leased.Count < Shard.InFlightMax
            && FreeHeads().FirstOrDefault(first => !leased.Exists(other => other.Group == first.Group)) is { } head)
        {
            var ofGroup = new List<MessageModel>();
            for (var message = head; message is not null && message.IsVisible(Now);)
            {
                var leasedCount = leased.Count + ofGroup.Count;
                if (leasedCount == max || inFlight + leasedCount >= Shard.InFlightMax) break;
                var next = NextOfGroup(message);
                if (!DeadLetter(message)) ofGroup.Add(message);
                message = next;
            }

            foreach (var message in ofGroup) answer.Add(Lease(message, visibility));
            leased.AddRange(ofGroup);
        }

        if (attempt is not null && leased.Count > 0)
        {
            var leases = leased.ConvertAll(message => (message.Sequence, message.Receives));
            _attempts.Add(new AttemptModel(attempt, leases, Now + WindowMs));
        }

        return string.Join('\n', answer);
    }

    public override string Delete(long sequence, int receives)
    {
        if (Find(sequence) is not { } message) return "done";
        if (!message.IsInFlight(Now) || message.Receives != receives) return "InvalidValue";
        Messages.Remove(message);
        Spend(sequence, receives);
        return "done";
    }

    public override string ChangeVisibility(long sequence, int receives, int seconds)
    {
        var answer = base.ChangeVisibility(sequence, receives, seconds);
        if (answer == "done") Spend(sequence, receives);
        return answer;
    }

    public override MessageModel? NextToMove() => FreeHeads().FirstOrDefault();

    /// <summary>Groups are looked for among the oldest messages, as many as may be in flight.</summary>
    private IEnumerable<MessageModel> Window => Messages.Take(Shard.InFlightMax);

    /// <summary>The first messages of groups that may be received from, the one that was sent first in front.</summary>
    private IEnumerable<MessageModel> FreeHeads() => Window
        .GroupBy(message => message.Group)
        .Where(group => group.First().IsVisible(Now) && !group.Any(message => message.IsInFlight(Now)))
        .Select(group => group.First());

    private MessageModel? NextOfGroup(MessageModel message) => Window
        .SkipWhile(other => other != message)
        .Skip(1)
        .FirstOrDefault(other => other.Group == message.Group);

    private string? Repeat(string id, TimeSpan? visibility)
    {
        var attempt = _attempts.FindLast(attempt => attempt.Id == id && Now < attempt.UntilMs);
        if (attempt is null || attempt.IsSpent) return null;
        var messages = attempt.Leases.ConvertAll(lease => Messages.Find(message =>
            message.Sequence == lease.Sequence && message.Receives == lease.Receives && message.IsInFlight(Now)));
        if (messages.Contains(null)) return null;
        foreach (var message in messages) message!.VisibleMs = Now + Ms(visibility ?? Config.VisibilityTimeout);
        return string.Join('\n', messages.Select(message => message!.Describe(Id)));
    }

    private void Spend(long sequence, int receives)
    {
        foreach (var attempt in _attempts.Where(attempt => attempt.Leases.Contains((sequence, receives))))
            attempt.IsSpent = true;
    }

    private sealed record AttemptModel(string Id, List<(long Sequence, int Receives)> Leases, long UntilMs)
    {
        public bool IsSpent { get; set; }
    }
}
