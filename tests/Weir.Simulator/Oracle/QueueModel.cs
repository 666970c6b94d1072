using System.Collections.Immutable;
using Weir.Engine;

namespace Weir.Simulator;

// A queue as a list of messages in the order of their sequences.
internal abstract class QueueModel
{
    private QueueModel(ShardModel shard, int index, long id) => (Shard, Index, Id) = (shard, index, id);

    protected QueueModel(ShardModel shard, int index, long id, QueueConfig config)
        : this(shard, index, id) => Config = config;

    protected QueueModel(ShardModel shard, QueueModel other)
        : this(shard, other.Index, other.Id)
    {
        Messages.AddRange(other.Messages);
        (Config, Tags, Revision) = (other.Config, other.Tags, other.Revision);
        (PurgedMs, NextSequence) = (other.PurgedMs, other.NextSequence);
    }

    public int Index { get; }

    public long Id { get; }

    public string Name => Queues.Names[Index].Name;

    public QueueConfig Config { get; private set; } = QueueConfig.Standard;

    public ImmutableSortedDictionary<string, string> Tags { get; set; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public List<MessageModel> Messages { get; } = [];

    public long Revision { get; private set; } = 1;

    public long? PurgedMs { get; set; }

    public long NextSequence { get; set; } = 1;

    protected ShardModel Shard { get; }

    protected long Now => Shard.NowMs;

    public long Visible => Messages.Count(message => message.IsVisible(Now));

    public long RetentionMs => Ms(Config.Retention);

    public int InFlight => Messages.Count(message => message.IsInFlight(Now));

    public abstract QueueModel Copy(ShardModel shard);

    public virtual void DropOld() => Messages.RemoveAll(message => message.SentMs + RetentionMs <= Now);

    public virtual void Configure(QueueConfig config)
    {
        if (config == Config) return;
        Config = config;
        Revision++;
    }

    public abstract string Send(Send send);

    // Why the queue does not take what is published to it; null when it does.
    public abstract string? RefusalOf(Message message);

    public abstract void Publish(Message message);

    public bool IsLeased(HandleModel handle) =>
        Find(handle.Sequence) is { } message && message.IsInFlight(Now) && message.Receives == handle.Receives;

    public void Take(HandleModel handle)
    {
        var message = Find(handle.Sequence)!;
        Count(message);
        Messages.RemoveAll(other => other.Sequence == handle.Sequence);
    }

    public abstract string Receive(Receive receive);

    public abstract string Delete(HandleModel handle);

    public virtual string ChangeVisibility(HandleModel handle, int seconds)
    {
        if (Find(handle.Sequence) is not { } message) return nameof(FaultCode.InvalidValue);
        if (!message.IsInFlight(Now) || message.Receives != handle.Receives)
            return nameof(FaultCode.MessageNotInFlight);
        var visible = Now + (1000L * seconds);
        if (visible > message.LeasedMs + (12 * 3600 * 1000)) return nameof(FaultCode.InvalidValue);
        Replace(message, message with { VisibleMs = visible });
        return Answers.Done;
    }

    // The next message that a receive or a move takes; null when nothing is to be had now.
    public abstract MessageModel? Next();

    public virtual string Describe() =>
        $"{Messages.Count - InFlight - Delayed}/{InFlight}/{Delayed} revision {Revision} {Answers.Config(Config)} "
        + Answers.Tags(Tags);

    // All there is to know, so that two states can be told apart.
    public virtual string Digest() =>
        $"{Id} {Name} {NextSequence} {PurgedMs} {Describe()} "
        + string.Join(' ', Messages.Select(message => $"{message.Describe(Id)} {message.VisibleMs}"));

    // A message comes in, before it is there.
    public virtual void Arrive(string? group, long sequence)
    {
    }

    // A message's lease ends now, if it has not ended before: it leaves, or is leased again.
    public virtual void Count(MessageModel message)
    {
    }

    public virtual void Purge() => Messages.Clear();

    protected MessageModel? Find(long sequence) => Messages.Find(message => message.Sequence == sequence);

    protected void Replace(MessageModel before, MessageModel after) => Messages[Messages.IndexOf(before)] = after;

    protected string Append(Message message, string? group, string? dedup, long delayMs)
    {
        Arrive(group, NextSequence);
        Messages.Add(new MessageModel
        {
            Number = message.Number,
            Sequence = NextSequence++,
            SentMs = Now,
            Group = group,
            Dedup = dedup,
            VisibleMs = delayMs > 0 ? Now + delayMs : 0,
        });
        return $"#{NextSequence - 1} {message.Number}";
    }

    // Moves a message that was received often enough, where its policy leads.
    protected bool DeadLetter(MessageModel message)
    {
        if (Config.Redrive is not { } redrive || message.Receives < redrive.ReceiveCountMax) return false;
        if (Shard.Find(redrive.DeadLetterQueue) is not { } target) return false;
        Count(message);
        Messages.RemoveAll(other => other.Sequence == message.Sequence);
        target.Arrive(message.Group, target.NextSequence);
        target.Messages.Add(message with
        {
            IsCounted = true,
            Sequence = target.NextSequence++,
            SentMs = Config.IsFifo ? Now : message.SentMs,
            Dedup = Config.IsFifo ? "own-id" : message.Dedup,
            Source = Name,
            LeasedMs = 0,
            VisibleMs = 0,
        });
        Shard.DeadLettered++;

        // Should the other queue keep messages for a shorter time, then this one is gone there at once.
        return true;
    }

    protected string Lease(MessageModel message, Receive receive)
    {
        Count(message);
        message = Find(message.Sequence)!;
        var leased = message with
        {
            IsCounted = false,
            Receives = message.Receives + 1,
            FirstReceivedMs = message.FirstReceivedMs == 0 ? Now : message.FirstReceivedMs,
            LeasedMs = Now,
            VisibleMs = Math.Max(VisibleMs(receive), Now + 1),
        };
        Replace(message, leased);
        return Hand(leased);
    }

    // A message goes to the receiver.
    protected string Hand(MessageModel message)
    {
        Shard.Received.Add(new HandleModel(Index, Id, message.Sequence, message.Receives));
        return message.Describe(Id);
    }

    // With a timeout of zero a message is visible again at once, but not for the receive that leased it.
    protected void EndLeasesOfZero(Receive receive, IEnumerable<long> sequences)
    {
        if (VisibleMs(receive) > Now) return;
        foreach (var sequence in sequences.ToList())
        {
            var message = Find(sequence)!;
            Replace(message, message with { VisibleMs = Now });
        }
    }

    protected long VisibleMs(Receive receive) => Now
        + (receive.VisibilitySeconds is { } seconds ? seconds * 1000L : Ms(Config.VisibilityTimeout));

    protected static long Ms(TimeSpan span) => (long)span.TotalMilliseconds;

    private int Delayed => Messages.Count(message => message.IsDelayed(Now));
}
