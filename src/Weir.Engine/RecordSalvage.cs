using System.Buffers.Binary;
using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine;

/// <summary>A message that a readable record tells of, though what came before it is lost.</summary>
/// <param name="Queue">Null when no readable record names the queue.</param>
public sealed record SalvagedMessage(
    QueueName? Queue,
    long QueueId,
    Guid MessageId,
    long Sequence,
    PayloadRef Payload,
    long SentUnixMs,
    string? GroupId,
    string? DeduplicationId);

/// <summary>
/// Reads records that no state can be made of, because others before them are lost: what was sent, and what was deleted
/// again as far as that can be read. For a last look at a damaged log; nothing of it is certain.
/// </summary>
public sealed class RecordSalvage
{
    private const int RecordHeaderLength = sizeof(int) + 1;

    private readonly Dictionary<long, QueueName> _queues = [];
    private readonly Dictionary<(long QueueId, long Sequence), SalvagedMessage> _messages = [];
    private readonly HashSet<(QueueName Queue, long Sequence)> _gone = [];
    private readonly HashSet<QueueName> _goneQueues = [];

    /// <param name="shard">The state before the damage; it knows the names of the queues.</param>
    public RecordSalvage(Shard shard)
    {
        foreach (var queue in shard.State.Queues) _queues.Add(queue.Id, queue.Name);
    }

    /// <summary>What was sent and not deleted again, in the order of sending for each queue.</summary>
    public IEnumerable<SalvagedMessage> Messages => _messages.Values
        .OrderBy(message => message.QueueId)
        .ThenBy(message => message.Sequence);

    /// <summary>True when a readable record says that a message of the state before the damage is gone.</summary>
    public bool IsGone(StoredMessage message) =>
        _goneQueues.Contains(message.Queue) || _gone.Contains((message.Queue, message.Sequence));

    /// <summary>Reads a frame's records; those that it cannot make sense of are left out.</summary>
    public void Read(long nowUnixMs, ReadOnlySpan<byte> records, uint segment, uint offset)
    {
        var position = 0;
        while (records.Length - position >= RecordHeaderLength)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(records[position..]);
            if (length < 1 || length > records.Length - position - sizeof(int)) return;
            var start = position + RecordHeaderLength;
            var reader = new SpanReader(records.Slice(start, length - 1), segment, offset + (uint)start);
            try
            {
                Read((RecordType)records[position + sizeof(int)], ref reader, nowUnixMs);
            }
            catch (StateCorruptException)
            {
                // The frame's checksum was right, so this is a record of another version.
            }

            position += sizeof(int) + length;
        }
    }

    private void Read(RecordType type, ref SpanReader reader, long nowUnixMs)
    {
        switch (type)
        {
            case RecordType.QueueCreated: Apply(QueueCreated.Read(ref reader)); break;
            case RecordType.MessageSent: Apply(MessageSent.Read(ref reader), nowUnixMs); break;
            case RecordType.MessagesPublished: Apply(MessagesPublished.Read(ref reader), nowUnixMs); break;
            case RecordType.MessageDeleted: Apply(MessageDeleted.Read(ref reader)); break;
            case RecordType.MessageMoved: Apply(MessageMoved.Read(ref reader), nowUnixMs); break;
            case RecordType.MessageRelocated: Apply(MessageRelocated.Read(ref reader)); break;
            case RecordType.QueueDeleted: Empty(QueueDeleted.Read(ref reader).QueueId); break;
            case RecordType.QueuePurged: Empty(QueuePurged.Read(ref reader).QueueId); break;
        }
    }

    private void Apply(QueueCreated record)
    {
        _queues[record.QueueId] = record.Name;
        foreach (var (key, message) in _messages.Where(item => item.Key.QueueId == record.QueueId).ToArray())
            _messages[key] = message with { Queue = record.Name };
    }

    private void Apply(MessageSent record, long nowUnixMs) =>
        _messages[(record.QueueId, record.Sequence)] = new SalvagedMessage(
            _queues.GetValueOrDefault(record.QueueId), record.QueueId, record.MessageId, record.Sequence,
            record.Payload, nowUnixMs, record.GroupId, record.DeduplicationId);

    private void Apply(MessagesPublished record, long nowUnixMs)
    {
        foreach (var to in record.Queues)
        {
            _messages[(to.QueueId, to.Sequence)] = new SalvagedMessage(
                _queues.GetValueOrDefault(to.QueueId), to.QueueId, to.MessageId, to.Sequence, record.Payload,
                nowUnixMs, to.GroupId, to.DeduplicationId);
        }
    }

    private void Apply(MessageDeleted record) => Forget(record.QueueId, record.Sequence);

    // A message of the state before the damage stays where that has it: its content is known there.
    private void Apply(MessageMoved record, long nowUnixMs)
    {
        if (!_messages.TryGetValue((record.SourceId, record.Sequence), out var message)) return;
        Forget(record.SourceId, record.Sequence);
        _messages[(record.DestinationId, record.NewSequence)] = message with
        {
            Queue = _queues.GetValueOrDefault(record.DestinationId),
            QueueId = record.DestinationId,
            MessageId = record.MessageId,
            Sequence = record.NewSequence,
            SentUnixMs = nowUnixMs,
        };
    }

    private void Apply(MessageRelocated record)
    {
        var key = (record.QueueId, record.Sequence);
        if (_messages.TryGetValue(key, out var message)) _messages[key] = message with { Payload = record.Payload };
    }

    private void Forget(long queueId, long sequence)
    {
        _messages.Remove((queueId, sequence));
        if (_queues.TryGetValue(queueId, out var queue)) _gone.Add((queue, sequence));
    }

    private void Empty(long queueId)
    {
        foreach (var key in _messages.Keys.Where(key => key.QueueId == queueId).ToArray()) _messages.Remove(key);
        if (_queues.TryGetValue(queueId, out var queue)) _goneQueues.Add(queue);
    }
}
