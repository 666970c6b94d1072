using Weir.Engine.Accounts;
using Weir.Engine.Definitions;
using Weir.Engine.Queues;
using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Commands;

/// <summary>
/// Publishes messages to queues in one commit: a crash leaves all of it or nothing. With it, other messages can be
/// deleted (a pipe passes them on exactly once) and definitions changed (a schedule notes that it fired). When one
/// queue does not take its message, nothing is done and the answer says so.
/// </summary>
public sealed class PublishCommand(IReadOnlyList<Publication> publications) : Command<PublishResult>
{
    /// <summary>More than a record's own fields take beside content and ids.</summary>
    private const int FieldsBytesMax = 128;

    /// <summary>What a delivery's own time to live and an eviction for it take.</summary>
    private const int DeliveryBytesMax = QueueRoom.EvictionBytes + 32;

    public IReadOnlyList<Consumption> Consume { get; init; } = [];

    public IReadOnlyList<DefinitionChange> Changes { get; init; } = [];

    /// <summary>
    /// A definition that keeps where the messages are: <see cref="PlacesFormat"/> follows the value that is given.
    /// </summary>
    public DefinitionChange? Note { get; init; }

    /// <summary>On whose account it is; null: that of the first queue that it names.</summary>
    public string? Publisher { get; init; }
    /// <summary>True: nothing is done, and the answer tells what would not be: why not, or which deliveries.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>What became of each publication in other shards, for the note; null: nothing goes to others.</summary>
    public IReadOnlyList<Published>? Elsewhere { get; init; }

    public IReadOnlyList<Publication> Publications => publications;

    /// <summary>Contents, each of which may go to several queues.</summary>
    public int Count => publications.Count;

    public override string? Payer => Publisher ?? Account;

    public override string? Account => publications.Count > 0 && publications[0].Deliveries.Count > 0
        ? publications[0].Deliveries[0].Queue.Account
        : Accounts.FirstOrDefault();

    public override IReadOnlySet<string> Accounts
    {
        get
        {
            var accounts = new HashSet<string>(StringComparer.Ordinal);
            foreach (var publication in publications)
            {
                if (publication.Sequencer is { } sequencer) accounts.Add(sequencer.Account);
                foreach (var delivery in publication.Deliveries) accounts.Add(delivery.Queue.Account);
            }

            foreach (var consumption in Consume) accounts.Add(consumption.Queue.Account);
            foreach (var change in Changes) accounts.Add(change.Scope.Account);
            if (Note is not null) accounts.Add(Note.Scope.Account);
            return accounts;
        }
    }

    public override int RecordBytesMax
    {
        get
        {
            var bytes = (QueueRoom.EvictionsMax * QueueRoom.EvictionBytes)
                + (64L * Consume.Sum(consumption => consumption.Receipts.Count))
                + Changes.Sum(change => (long)change.BytesMax)
                + (Note is null ? 0 : Note.BytesMax + PlacesFormat.BytesMax(publications, Elsewhere));
            foreach (var publication in publications) bytes += BytesMax(publication);
            return (int)Math.Min(bytes, int.MaxValue);
        }
    }

    public override int HeldBytes => RecordBytesMax;

    public override bool AddsData => publications.Count > 0 && !IsRehearsal;

    internal override Outcome<PublishResult> Execute(Shard shard)
    {
        if (Refusal(shard.State) is { } refusal) return refusal;
        if (AccountRoom.CheckDefinitions(shard, Changes) is { } tooMany) return tooMany;
        var failures = new List<DeliveryFailure>();
        var incoming = new Incoming(shard, Consume);
        for (var i = 0; i < publications.Count; i++) Check(shard.State, i, incoming, failures);
        if (failures.Count > 0 || IsRehearsal) return new PublishResult([], failures);
        foreach (var change in Changes) change.Emit(shard);
        foreach (var consumption in Consume)
        {
            var (name, receipts) = consumption;
            var queue = shard.State.Find(name)!;
            foreach (var receipt in receipts)
            {
                if (consumption.IsGivenUp) shard.Emit(new MessageGivenUp(queue.Id, receipt.Sequence));
                else shard.Emit(new MessageDeleted(queue.Id, receipt.Sequence));
            }
        }

        var published = new Published[publications.Count];
        for (var i = 0; i < published.Length; i++) published[i] = Publish(shard, publications[i]);
        incoming.MakeRoom();
        for (var i = 0; i < Elsewhere?.Count; i++)
        {
            // Only one shard orders it: the one that is not this if it was ordered already.
            var known = Elsewhere[i].Sequence > 0 ? Elsewhere[i] : published[i];
            published[i] = known with { Places = [.. Elsewhere[i].Places, .. published[i].Places] };
        }

        (Note is null ? null : Note with { Value = PlacesFormat.Append(Note.Value, published) })?.Emit(shard);
        return new PublishResult(published, []);
    }

    private static long BytesMax(Publication publication)
    {
        var bytes = (long)FieldsBytesMax + SpanWriter.BytesMax(publication.GroupId)
            + SpanWriter.BytesMax(publication.DeduplicationId);
        foreach (var content in publication.Contents) bytes += FieldsBytesMax + content.Stored.Length;
        foreach (var delivery in publication.Deliveries)
        {
            bytes += DeliveryBytesMax + PublishedTo.BytesMin + SpanWriter.BytesMax(delivery.GroupId)
                + SpanWriter.BytesMax(delivery.DeduplicationId ?? delivery.ContentDeduplicationId);
        }

        return bytes;
    }

    private Fault? Refusal(ShardState state)
    {
        foreach (var change in Changes)
        {
            if (change.Check(state.Definitions) is { } fault) return fault;
        }

        if (Note?.Check(state.Definitions) is { } taken) return taken;
        foreach (var (name, receipts) in Consume)
        {
            if (state.Find(name) is not { } queue) return Faults.QueueNotFound(name);
            foreach (var receipt in receipts)
            {
                var isCurrent = receipt.QueueId == queue.Id
                    && queue.Find(receipt.Sequence) is { State: EntryState.Leased } entry
                    && entry.ReceiveCount == receipt.ReceiveCount;
                if (!isCurrent)
                    return new Fault(FaultCode.ReceiptHandleInvalid, "The lease of a message has ended meanwhile.");
            }
        }

        foreach (var publication in publications)
        {
            if (publication.Sequencer is not { } name) continue;
            if (state.Find(name) is not FifoQueue sequencer) return Faults.QueueNotFound(name);
            if (HasNoRoom(state, sequencer)) return TooManyIds(state, "topic");
        }

        return null;
    }

    private void Check(ShardState state, int index, Incoming incoming, List<DeliveryFailure> failures)
    {
        var publication = publications[index];
        for (var i = 0; i < publication.Deliveries.Count; i++)
        {
            var delivery = publication.Deliveries[i];
            var content = publication.Contents[delivery.Content];
            var fault = Check(state, delivery, content.Bytes)
                ?? incoming.Check(publication, delivery, content.Stored.Length);
            if (fault is not null) failures.Add(new DeliveryFailure(index, i, fault));
        }
    }

    private static Fault? Check(ShardState state, Delivery delivery, int bytes)
    {
        if (state.Find(delivery.Queue) is not { } queue) return Faults.QueueNotFound(delivery.Queue);
        if (bytes > queue.Config.MessageBytesMax)
        {
            return new Fault(FaultCode.MessageTooLong,
                $"The queue {delivery.Queue.Name} takes messages of at most {queue.Config.MessageBytesMax} bytes.");
        }

        if (queue is not FifoQueue fifo) return null;
        if (delivery.Delay is not null)
            return Faults.Invalid("A message to a FIFO queue cannot have its own delay; set it on the queue.");
        if (delivery.GroupId is null)
            return Faults.Invalid($"A message to the FIFO queue {delivery.Queue.Name} needs a MessageGroupId.");
        if (DeduplicationId(delivery, queue) is null)
        {
            return Faults.Invalid($"A message to the FIFO queue {delivery.Queue.Name} needs a MessageDeduplicationId, "
                + "or the queue ContentBasedDeduplication.");
        }

        return HasNoRoom(state, fifo) ? TooManyIds(state, $"queue {delivery.Queue.Name}") : null;
    }

    private static bool HasNoRoom(ShardState state, FifoQueue queue) =>
        queue.Dedup.Count >= state.Options.DeduplicationIdsMax;

    private static Fault TooManyIds(ShardState state, string who) => new(FaultCode.Overloaded,
        $"The {who} remembers as many deduplication ids as it may ({state.Options.DeduplicationIdsMax}) of the last "
        + "5 minutes; publish more slowly.");

    private static string? DeduplicationId(Delivery delivery, Queue queue) => delivery.DeduplicationId
        ?? (queue.Config.ContentBasedDeduplication ? delivery.ContentDeduplicationId : null);

    private static Published Publish(Shard shard, Publication publication)
    {
        var sequence = 0L;
        if (publication.Sequencer is { } name)
        {
            var sequencer = (FifoQueue)shard.State.Find(name)!;
            var (groupId, id) = (publication.GroupId!, publication.DeduplicationId!);
            if (sequencer.Dedup.Find(sequencer.DedupKey(groupId, id)) is { } first)
            {
                return new Published(first.MessageId, first.Sequence, IsDuplicate: true)
                {
                    Places = PlacesOfFirst(shard.State, publication),
                };
            }

            sequence = sequencer.NextSequence;
            shard.Emit(new SequenceTaken(sequencer.Id, sequence, publication.MessageId, groupId, id));
        }

        var places = new List<PlacedMessage>(publication.Deliveries.Count);
        for (var content = 0; content < publication.Contents.Count; content++)
        {
            var expiries = new List<MessageExpirySet>();
            var to = QueuesFor(shard.State, publication, content, places, expiries);
            if (to.Length == 0) continue;
            var published = publication.Contents[content];
            var record = new MessagesPublished(to, published.Stored)
            {
                Stamp = sequence > 0 && published.SequenceAt is { } at ? new Stamp(at, sequence) : null,
            };
            shard.Emit(ref record);
            foreach (var expiry in expiries) shard.Emit(expiry);
        }

        return new Published(publication.MessageId, sequence, IsDuplicate: false) { Places = places };
    }

    /// <summary>Where the first of a repeated publication is, as far as queues know: FIFO queues remember it.</summary>
    private static List<PlacedMessage> PlacesOfFirst(ShardState state, Publication publication)
    {
        var places = new List<PlacedMessage>();
        foreach (var delivery in publication.Deliveries)
        {
            if (delivery.IsArchive || state.Find(delivery.Queue) is not FifoQueue queue) continue;
            if (queue.Dedup.Find(queue.DedupKey(delivery.GroupId!, DeduplicationId(delivery, queue)!)) is { } first)
                places.Add(new PlacedMessage(new MessagePlace(queue.Id, first.Sequence), first.MessageId));
        }

        return places;
    }

    // Nothing of a record is applied before it is written, so what one queue gets twice of it is told apart here.
    private static PublishedTo[] QueuesFor(
        ShardState state, Publication publication, int content, List<PlacedMessage> places,
        List<MessageExpirySet> expiries)
    {
        var to = new List<PublishedTo>(publication.Deliveries.Count);
        var taken = new Dictionary<long, int>();
        HashSet<(long QueueId, UInt128 Key)>? keys = null;
        foreach (var delivery in publication.Deliveries)
        {
            if (delivery.Content != content) continue;
            var queue = state.Find(delivery.Queue)!;
            string? id = null;
            if (queue is FifoQueue fifo)
            {
                id = DeduplicationId(delivery, queue);
                var key = fifo.DedupKey(delivery.GroupId!, id!);
                if (fifo.Dedup.Find(key) is { } first)
                {
                    places.Add(new PlacedMessage(new MessagePlace(queue.Id, first.Sequence), first.MessageId));
                    continue;
                }

                if (!(keys ??= []).Add((queue.Id, key))) continue;
            }

            var before = taken.GetValueOrDefault(queue.Id);
            taken[queue.Id] = before + 1;
            if (!delivery.IsArchive)
            {
                places.Add(new PlacedMessage(
                    new MessagePlace(queue.Id, queue.NextSequence + before), delivery.MessageId));
            }

            if (delivery.Ttl is { } ttl)
            {
                expiries.Add(new MessageExpirySet(
                    queue.Id, queue.NextSequence + before, (long)ttl.TotalMilliseconds));
            }

            to.Add(new PublishedTo(
                queue.Id, queue.NextSequence + before, delivery.MessageId, delivery.Via,
                (long)(delivery.Delay ?? queue.Config.Delay).TotalMilliseconds, delivery.GroupId, id));
        }

        return [.. to];
    }

    /// <summary>
    /// What the command brings to each queue that has limits of its own, and to each account that has.
    /// </summary>
    private sealed class Incoming(Shard shard, IReadOnlyList<Consumption> consumed)
    {
        private readonly Dictionary<Queue, (long First, int Messages, long Bytes)> _queues = [];
        private readonly Dictionary<AccountUse, (long Messages, long Bytes)> _accounts = [];
        private readonly HashSet<(long QueueId, UInt128 Key)> _keys = [];

        public Fault? Check(Publication publication, Delivery delivery, long bytes)
        {
            var queue = shard.State.Find(delivery.Queue)!;
            if (CheckAccount(publication, delivery, queue, bytes) is { } noRoom) return noRoom;
            if (!queue.Config.Flow.HasLimit) return null;
            var before = _queues.GetValueOrDefault(queue, (queue.NextSequence, 0, 0));
            if (QueueRoom.Check(shard, queue, before.Messages + 1, before.Bytes + bytes, before.First)
                is { } full)
                return full;
            _queues[queue] = (before.First, before.Messages + 1, before.Bytes + bytes);
            return null;
        }

        // What takes a message's place may be larger than it was: a pipe must not stand still for that.
        private Fault? CheckAccount(Publication publication, Delivery delivery, Queue queue, long bytes)
        {
            if (shard.LimitsOf(queue) is null || IsRepetition(publication, delivery, queue)) return null;
            if (!_accounts.TryGetValue(queue.Use, out var before)) before = ConsumedFrom(queue.Use);
            var (messages, all) = (before.Messages + 1, before.Bytes + bytes);
            if (messages > 0 && AccountRoom.CheckMessages(shard, queue, messages, all) is { } fault) return fault;
            _accounts[queue.Use] = (messages, all);
            return null;
        }

        private (long Messages, long Bytes) ConsumedFrom(AccountUse account)
        {
            var (messages, bytes) = (0L, 0L);
            foreach (var (name, receipts) in consumed)
            {
                var queue = shard.State.Find(name)!;
                if (!ReferenceEquals(queue.Use, account)) continue;
                messages -= receipts.Count;
                foreach (var receipt in receipts) bytes -= queue.Find(receipt.Sequence)!.Message.Payload.Length;
            }

            return (messages, bytes);
        }

        // What a queue or the topic knows already is not stored again.
        private bool IsRepetition(Publication publication, Delivery delivery, Queue queue)
        {
            if (publication.Sequencer is { } name && shard.State.Find(name) is FifoQueue sequencer
                && Knows(sequencer, publication.GroupId!, publication.DeduplicationId!))
                return true;
            if (queue is not FifoQueue fifo) return false;
            var (groupId, id) = (delivery.GroupId!, DeduplicationId(delivery, queue)!);
            return Knows(fifo, groupId, id) || !_keys.Add((queue.Id, fifo.DedupKey(groupId, id)));
        }

        private static bool Knows(FifoQueue queue, string groupId, string id) =>
            queue.Dedup.Find(queue.DedupKey(groupId, id)) is not null;

        public void MakeRoom()
        {
            var spare = QueueRoom.EvictionsMax;
            foreach (var (queue, (first, messages, _)) in _queues)
            {
                var evictions = spare + messages;
                QueueRoom.MakeRoom(shard, queue, first, ref evictions);
                spare = Math.Min(spare, evictions);
            }
        }
    }
}
