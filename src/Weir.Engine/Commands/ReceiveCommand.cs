using Weir.Engine.Queues;
using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Commands;

/// <summary>
/// Leases visible messages. One that was received too often already goes to the dead-letter queue instead.
/// </summary>
/// <param name="max">1 to 10 messages.</param>
/// <param name="visibilityTimeout">Null: the queue's.</param>
/// <param name="attemptId">FIFO: repeating it within 5 minutes gives the same messages, if nothing touched
/// them.</param>
public sealed class ReceiveCommand(QueueName queue, int max, TimeSpan? visibilityTimeout, string? attemptId)
    : Command<IReadOnlyList<LeasedMessage>>
{
    /// <summary>
    /// How many messages one receive may dead-letter, so that its records stay bounded; the next goes on.
    /// </summary>
    private const int DeadLettersMax = 100;

    /// <summary>
    /// How often one receive looks further past noisy groups' messages, each time by as many as are in memory at the
    /// front of the backlog: a run is read each time, so this bounds what a receive costs.
    /// </summary>
    private const int PassOversMax = 32;

    public QueueName Queue { get; } = queue;

    /// <summary>True: the broker receives for itself, to deliver or pass on. Its leases are not in flight for the
    /// account.</summary>
    public bool IsForBroker { get; init; }

    /// <summary>True when it may be a repetition, whose messages are leased and not ready.</summary>
    public bool HasAttemptId => attemptId is not null;

    public override string? Account => Queue.Account;

    public override int RecordBytesMax =>
        ((max + DeadLettersMax) * 96) + (QueueRoom.EvictionsMax * QueueRoom.EvictionBytes)
        + SpanWriter.BytesMax(attemptId) + 1024;

    internal override Outcome<IReadOnlyList<LeasedMessage>> Execute(Shard shard)
    {
        if (shard.State.Find(Queue) is not { } source) return Faults.QueueNotFound(Queue);
        if (attemptId is not null && source is not FifoQueue)
            return Faults.Invalid("ReceiveRequestAttemptId is not valid for a standard queue.");
        var visible = shard.NowUnixMs + (long)(visibilityTimeout ?? source.Config.VisibilityTimeout).TotalMilliseconds;
        if (source is FifoQueue fifo)
        {
            return attemptId is not null && Repeat(shard, fifo, attemptId, visible) is { } repeated
                ? repeated
                : ReceiveFifo(shard, fifo, visible);
        }

        return ReceiveStandard(shard, (StandardQueue)source, visible);
    }

    private Outcome<IReadOnlyList<LeasedMessage>> ReceiveStandard(Shard shard, StandardQueue source, long visible)
    {
        var deadLetters = new DeadLetters(shard, source, DeadLettersMax);
        var leased = new List<LeasedMessage>((int)Math.Min(max, Math.Max(1, source.Count)));
        var steps = 0;
        while (leased.Count < max && !source.Config.Flow.IsDeliveryPaused
            && TryChoose(shard, source, ref steps, out var message))
        {
            if (deadLetters.TryMove(message)) continue;
            if (deadLetters.IsExhausted || source.DeliveryRoom(shard.NowUnixMs) <= 0) break;
            if (source.InFlight >= shard.Options.InFlightMax)
            {
                if (leased.Count > 0) break;
                return new Fault(FaultCode.InFlightLimit, $"Too many messages are in flight: the queue allows "
                    + $"{shard.Options.InFlightMax}. Delete what was processed before receiving more.");
            }

            if (AccountRoomOf(shard, source) <= 0)
            {
                if (leased.Count > 0) break;
                return AccountRoom.RefuseReceive(shard, source);
            }

            leased.Add(Lease(shard, source, message.Sequence, visible));
        }

        EndLeasesOfZero(shard, source, leased, visible);
        return leased;
    }

    private static bool TryChoose(Shard shard, StandardQueue source, ref int steps, out Message message)
    {
        for (; steps < PassOversMax && source.ToPassOver() is { } last; steps++)
            shard.Emit(new MessagesPassedOver(source.Id, last));
        return source.TryChoose(out message);
    }

    private List<LeasedMessage> ReceiveFifo(Shard shard, FifoQueue source, long visible)
    {
        var deadLetters = new DeadLetters(shard, source, DeadLettersMax);
        var chosen = new List<Entry>(max);
        var leased = new List<LeasedMessage>(max);
        while (leased.Count < max && !source.Config.Flow.IsDeliveryPaused && source.PeekReady() is { } group)
        {
            // Choose from the group before leasing any: the first lease of it closes the group to others.
            chosen.Clear();
            var room = Math.Min(max - leased.Count, shard.Options.InFlightMax - source.InFlight);
            room = Math.Min(room, source.DeliveryRoom(shard.NowUnixMs));
            if (room > 0 && AccountRoomOf(shard, source) is var left && left < room)
            {
                room = (int)left;
                if (room == 0 && leased.Count == 0) AccountRoom.HoldReceive(shard, source);
            }

            for (var entry = group.Head; entry is { State: EntryState.Ready } && chosen.Count < room;)
            {
                var next = entry.GroupNext;
                if (!deadLetters.TryMove(entry.Message))
                {
                    if (deadLetters.IsExhausted) break;
                    chosen.Add(entry);
                }

                entry = next;
            }

            foreach (var entry in chosen) leased.Add(Lease(shard, source, entry.Sequence, visible));
            if (deadLetters.IsExhausted || room <= 0) break;
        }

        if (attemptId is not null && leased.Count > 0)
        {
            var leases = leased.Select(message => (message.Sequence, message.ReceiveCount)).ToArray();
            shard.Emit(new ReceiveAttempted(source.Id, attemptId, leases));
        }

        EndLeasesOfZero(shard, source, leased, visible);
        return leased;
    }

    private long AccountRoomOf(Shard shard, Queue source) =>
        IsForBroker ? long.MaxValue : AccountRoom.InFlightRoom(shard, source);

    private static List<LeasedMessage>? Repeat(Shard shard, FifoQueue source, string attemptId, long visible)
    {
        if (source.Attempts.Find(attemptId, shard.NowUnixMs) is not { } attempt) return null;
        var entries = new List<Entry>(attempt.Leases.Count);
        foreach (var (sequence, receiveCount) in attempt.Leases)
        {
            if (source.Find(sequence) is not { State: EntryState.Leased } entry || entry.ReceiveCount != receiveCount)
                return null;
            entries.Add(entry);
        }

        foreach (var entry in entries)
            shard.Emit(new VisibilityChanged(source.Id, entry.Sequence, visible, IsRepeat: true));
        return entries.ConvertAll(entry => Describe(source, entry));
    }

    private LeasedMessage Lease(Shard shard, Queue source, long sequence, long visible)
    {
        visible = Math.Max(visible, shard.NowUnixMs + 1);
        if (IsForBroker) shard.Emit(new MessageLeasedByBroker(source.Id, sequence, visible));
        else shard.Emit(new MessageLeased(source.Id, sequence, visible));
        return Describe(source, source.Find(sequence)!);
    }

    // With a timeout of zero a message is visible again at once, but only when all are chosen: else this very receive
    // would be given it again.
    private static void EndLeasesOfZero(Shard shard, Queue source, List<LeasedMessage> leased, long visible)
    {
        if (visible > shard.NowUnixMs) return;
        foreach (var message in leased)
            shard.Emit(new VisibilityChanged(source.Id, message.Sequence, visible, IsRepeat: false));
    }

    private static LeasedMessage Describe(Queue source, Entry entry) => new()
    {
        MessageId = entry.Message.MessageId,
        Receipt = new ReceiptHandle(source.Id, entry.Sequence, entry.ReceiveCount),
        Payload = entry.Message.Payload,
        Sequence = entry.Sequence,
        SentUnixMs = entry.Message.SentUnixMs,
        FirstReceivedUnixMs = entry.Message.FirstReceivedUnixMs,
        ReceiveCount = entry.ReceiveCount,
        GroupId = entry.Message.GroupId,
        DeduplicationId = entry.Message.DeduplicationId,
        DeadLetterSource = entry.Message.DeadLetterSource,
        Via = entry.Message.Via,
    };
}
