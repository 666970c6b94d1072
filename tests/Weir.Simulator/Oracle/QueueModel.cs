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
        (PurgedMs, NextSequence, PacedUs) = (other.PurgedMs, other.NextSequence, other.PacedUs);
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

    // When the next message may be delivered by the queue's rate, in microseconds.
    public long PacedUs { get; private set; }

    public FlowConfig Flow => Config.Flow;

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
    public string? RefusalOf(Message message)
    {
        if (RefusalByIds(message) is { } refusal) return refusal;
        return HasRoomFor(1, Stored(message), NextSequence) ? null : nameof(FaultCode.QueueFull);
    }

    protected abstract string? RefusalByIds(Message message);

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
        $"{Id} {Name} {NextSequence} {PurgedMs} {PacedUs} {Describe()} " + string.Join(
            ' ', Messages.Select(message => $"{message.Describe(Id)} {message.VisibleMs} {message.ExpiresMs}"));

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
            Bytes = Stored(message),
            ExpiresMs = ExpiryMs,
            SentMs = Now,
            Group = group,
            Dedup = dedup,
            VisibleMs = delayMs > 0 ? Now + delayMs : 0,
        });
        return $"#{NextSequence - 1} {message.Number}";
    }

    public long ExpiryMs => Flow.MessageTtl is { } ttl ? Now + Ms(ttl) : 0;

    // The limits would be exceeded by so much more.
    public bool IsOver(long messages, long bytes) =>
        Messages.Count + messages > Flow.MessagesMax
        || Messages.Sum(message => (long)message.Bytes) + bytes > Flow.BytesMax;

    // Messages that are sent do not make room for each other, hence the sequence of the first.
    public bool HasRoomFor(long messages, long bytes, long firstSent)
    {
        if (!IsOver(messages, bytes)) return true;
        if (Flow.Overflow == OverflowPolicy.Reject || bytes > Flow.BytesMax) return false;
        if (Next() is not { } oldest || oldest.Sequence >= firstSent) return false;
        if (Messages.Count + messages - Flow.MessagesMax > Visible) return false;
        return Flow.Overflow == OverflowPolicy.DropOldest || (LetterQueue() is { } target
            && (!target.IsOver(1, oldest.Bytes)
                || (target.Flow.Overflow == OverflowPolicy.DropOldest && target.Next() is not null)));
    }

    // The oldest waiting ones go while the queue is over its limits.
    public void MakeRoom(long firstSent, ref int evictions)
    {
        if (Flow.Overflow == OverflowPolicy.Reject) return;
        var target = Flow.Overflow == OverflowPolicy.DeadLetterOldest ? LetterQueue() : null;
        while (evictions > 0 && IsOver(0, 0) && Next() is { } oldest && oldest.Sequence < firstSent)
        {
            if (Flow.Overflow == OverflowPolicy.DeadLetterOldest
                && target?.HasRoomFor(1, oldest.Bytes, target.NextSequence) != true)
                return;
            evictions--;
            var sequence = target?.NextSequence ?? 0;
            Evict(oldest, target);
            target?.MakeRoom(sequence, ref evictions);
        }
    }

    // How many more messages may be delivered now.
    public long DeliveryRoom()
    {
        if (Flow.IsDeliveryPaused) return 0;
        var room = Flow.DeliveryConcurrency is { } most ? Math.Max(0L, most - InFlight) : int.MaxValue;
        if (Flow.DeliveryRate is not { } rate) return room;
        var (now, interval) = (Now * 1000, 1_000_000 / rate);
        var paced = Math.Max(PacedUs, Caught(now, interval));
        return Math.Min(room, paced > now ? 0 : ((now - paced) / interval) + 1);
    }

    public QueueModel? LetterQueue() =>
        Config.Redrive is { } redrive && Shard.Find(redrive.DeadLetterQueue) is { } target
        && target.Config.IsFifo == Config.IsFifo
            ? target
            : null;

    // Takes a message out, to the dead-letter queue if there is a target.
    public void Evict(MessageModel message, QueueModel? target)
    {
        Count(message);
        Messages.RemoveAll(other => other.Sequence == message.Sequence);
        if (target is null) return;
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
            ExpiresMs = 0,
        });

        // Should the other queue keep messages for a shorter time, then this one is gone there at once.
        Shard.DeadLettered++;
    }

    // Behind the time the pace stays by no more than a tenth of a second.
    private static long Caught(long now, long interval) => now - Math.Max(100_000, interval) + interval;

    protected static int Stored(Message message) => Answers.Content(message.Number, message.Bytes).Encode().Length;

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
        if (Flow.DeliveryRate is { } rate)
            PacedUs = Math.Max(PacedUs, Caught(Now * 1000, 1_000_000 / rate)) + (1_000_000 / rate);
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
