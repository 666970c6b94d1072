using Weir.Engine.Queues;
using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Commands;

/// <summary>A message to send.</summary>
public sealed record SendEntry
{
    public required Guid MessageId { get; init; }

    /// <summary>The content as it is stored. Must stay untouched until the command is answered.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>What counts against the queue's largest message: body and attributes.</summary>
    public required int ContentBytes { get; init; }

    /// <summary>Null: the queue's delay.</summary>
    public TimeSpan? Delay { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    /// <summary>1 s to 14 days from sending; null: the queue's.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>The SHA-256 of the body, for a FIFO queue with content-based deduplication.</summary>
    public string? ContentDeduplicationId { get; init; }
}

/// <summary>
/// Sends messages to one queue, in order; each is accepted or refused for itself. To a FIFO queue, one that lacks a
/// group or deduplication id fails the whole command, as with SQS: the order of the others would be another one.
/// </summary>
public sealed class SendCommand(QueueName queue, IReadOnlyList<SendEntry> entries)
    : Command<IReadOnlyList<Outcome<SentMessage>>>
{
    /// <summary>More than a message's fields take beside its content and its ids of variable length.</summary>
    private const int FieldsBytesMax = 128 + QueueRoom.EvictionBytes + 32;

    public QueueName Queue { get; } = queue;

    public IReadOnlyList<SendEntry> Entries { get; } = entries;

    public override string? Account => Queue.Account;

    public override int RecordBytesMax
    {
        get
        {
            var bytes = 0;
            for (var i = 0; i < Entries.Count; i++) bytes += BytesMax(Entries[i]);
            return bytes + (QueueRoom.EvictionsMax * QueueRoom.EvictionBytes);
        }
    }

    public override int HeldBytes => RecordBytesMax;

    public override bool AddsData => true;

    internal override Outcome<IReadOnlyList<Outcome<SentMessage>>> Execute(Shard shard)
    {
        if (shard.State.Find(Queue) is not { } target) return Faults.QueueNotFound(Queue);
        if (target.Config.IsFifo && FifoIdsMissing(target.Config) is { } missing) return missing;
        var results = new Outcome<SentMessage>[Entries.Count];
        var (first, evictions) = (target.NextSequence, QueueRoom.EvictionsMax + Entries.Count);
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = target is FifoQueue fifo
                ? SendToFifo(shard, fifo, Entries[i], first)
                : SendToStandard(shard, target, Entries[i], first);
            QueueRoom.MakeRoom(shard, target, first, ref evictions);
        }

        return results;
    }

    private static int BytesMax(SendEntry entry) =>
        FieldsBytesMax + entry.Payload.Length + SpanWriter.BytesMax(entry.GroupId)
        + SpanWriter.BytesMax(entry.DeduplicationId ?? entry.ContentDeduplicationId);

    private static Outcome<SentMessage> SendToStandard(
        Shard shard, Queue target, SendEntry entry, long firstSent)
    {
        if (TooLong(target, entry) is { } fault) return fault;
        return entry.DeduplicationId is not null
            ? Faults.Invalid("MessageDeduplicationId is not valid for a standard queue.")
            : Send(shard, target, entry, firstSent, entry.Delay ?? target.Config.Delay, deduplicationId: null);
    }

    private static Outcome<SentMessage> SendToFifo(
        Shard shard, FifoQueue target, SendEntry entry, long firstSent)
    {
        if (TooLong(target, entry) is { } fault) return fault;
        if (entry.Delay is { } delay && delay != TimeSpan.Zero)
            return Faults.Invalid("A message to a FIFO queue cannot have its own DelaySeconds; set it on the queue.");
        var id = DeduplicationId(target.Config, entry)!;
        if (target.Dedup.Find(target.DedupKey(entry.GroupId!, id)) is { } first)
            return new SentMessage(first.MessageId, first.Sequence);
        if (target.Dedup.Count >= shard.Options.DeduplicationIdsMax)
        {
            return new Fault(FaultCode.Overloaded, "The queue remembers as many deduplication ids as it may "
                + $"({shard.Options.DeduplicationIdsMax}) of the last 5 minutes; send more slowly.");
        }

        return Send(shard, target, entry, firstSent, target.Config.Delay, id);
    }

    private static string? DeduplicationId(QueueConfig config, SendEntry entry) =>
        entry.DeduplicationId ?? (config.ContentBasedDeduplication ? entry.ContentDeduplicationId : null);

    private Fault? FifoIdsMissing(QueueConfig config)
    {
        foreach (var entry in Entries)
        {
            if (entry.GroupId is null) return Faults.Invalid("A message to a FIFO queue needs a MessageGroupId.");
            if (DeduplicationId(config, entry) is null)
            {
                return Faults.Invalid("The queue should either have ContentBasedDeduplication enabled or "
                    + "MessageDeduplicationId provided explicitly.");
            }
        }

        return null;
    }

    private static Fault? TooLong(Queue target, SendEntry entry) =>
        entry.ContentBytes <= target.Config.MessageBytesMax ? null : new Fault(FaultCode.MessageTooLong,
            $"One or more parameters are invalid. Reason: Message must be shorter than "
            + $"{target.Config.MessageBytesMax} bytes.");

    private static Outcome<SentMessage> Send(
        Shard shard, Queue target, SendEntry entry, long firstSent, TimeSpan delay, string? deduplicationId)
    {
        var bytes = entry.Payload.Length;
        var full = AccountRoom.CheckMessages(shard, target, 1, bytes)
            ?? QueueRoom.Check(shard, target, 1, bytes, firstSent);
        if (full is not null) return full;
        var record = new MessageSent
        {
            QueueId = target.Id,
            Sequence = target.NextSequence,
            MessageId = entry.MessageId,
            DelayMs = (long)delay.TotalMilliseconds,
            GroupId = entry.GroupId,
            DeduplicationId = deduplicationId,
            Content = entry.Payload,
        };
        shard.Emit(ref record);
        if (entry.Ttl is { } ttl)
            shard.Emit(new MessageExpirySet(target.Id, record.Sequence, (long)ttl.TotalMilliseconds));
        return new SentMessage(record.MessageId, record.Sequence);
    }
}
