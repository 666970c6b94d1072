using Weir.Engine.Queues;

namespace Weir.Engine.Commands;

/// <summary>
/// Tells how a message stands that somebody put somewhere. Nothing is kept for it while the message is in its queue, or
/// when it was deleted; of those that left otherwise each queue remembers the latest.
/// </summary>
/// <param name="account">Whose message it must be.</param>
/// <param name="place">As it was told to that account: a queue that is gone does not tell any more whose it was, so
/// whoever asks must have made sure of that.</param>
public sealed class FindMessageCommand(string account, MessagePlace place) : Command<MessageStanding>
{
    private static readonly Fault NotFound = new(FaultCode.ResourceNotFound,
        "There is no such message in this account.");

    public override string? Account => account;

    public override int RecordBytesMax => 0;

    internal override Outcome<MessageStanding> Execute(Shard shard)
    {
        var state = shard.State;
        if (place.QueueId < 1 || state.IsAhead(place.QueueId)) return NotFound;
        if (state.FindById(place.QueueId) is not { } queue)
            return new MessageStanding(null, MessagePhase.QueueDeleted, 0, null, null);
        if (queue.Name.Account != account || place.Sequence < 1 || place.Sequence >= queue.NextSequence)
            return NotFound;
        if (queue.Find(place.Sequence) is { } entry)
        {
            // A dead letter comes with the count of the queue that it failed in.
            var isReceived = entry.State == EntryState.Leased || entry.LeasedUnixMs != 0;
            var phase = isReceived ? MessagePhase.Received : MessagePhase.Waiting;
            return new MessageStanding(queue.Name, phase, entry.ReceiveCount, null, null);
        }

        return queue.Backlog.Contains(place.Sequence)
            ? new MessageStanding(queue.Name, MessagePhase.Waiting, 0, null, null)
            : HowItLeft(shard, queue);
    }

    private MessageStanding HowItLeft(Shard shard, Queue queue)
    {
        if (queue.Departures.Find(place.Sequence) is not { } departure)
        {
            var phase = place.Sequence <= queue.Departures.Floor ? MessagePhase.Ended : MessagePhase.Deleted;
            return new MessageStanding(queue.Name, phase, 0, null, null);
        }

        MessagePlace? to = departure.ToQueueId == 0
            ? null
            : new MessagePlace(departure.ToQueueId, departure.ToSequence);
        return new MessageStanding(
            queue.Name, PhaseOf(departure.Kind), 0, to, shard.State.PeekById(departure.ToQueueId)?.Name);
    }

    private static MessagePhase PhaseOf(DepartureKind kind) => kind switch
    {
        DepartureKind.Expired => MessagePhase.Expired,
        DepartureKind.DeadLettered => MessagePhase.DeadLettered,
        DepartureKind.Moved => MessagePhase.Moved,
        DepartureKind.Overflowed => MessagePhase.Overflowed,
        DepartureKind.Purged => MessagePhase.Purged,
        _ => MessagePhase.GivenUp,
    };
}
