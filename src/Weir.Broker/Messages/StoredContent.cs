using Weir.Engine;
using Weir.Engine.State;
using Weir.Journal;

namespace Weir.Broker.Messages;

/// <summary>Reads messages' contents from the log, where they lie.</summary>
internal static class StoredContent
{
    /// <summary>Only for the shard's thread: of what was just appended, too, and may not be on the disk yet.</summary>
    /// <exception cref="StateCorruptException">It does not match its checksum.</exception>
    public static MessageContent ReadAppended(Journal.Journal journal, StoredMessage message)
    {
        var stored = NewBuffer(message.Payload);
        journal.ReadAppended(new LogPosition(message.Payload.Segment, message.Payload.Offset), stored);
        return Decode(stored, message.MessageId, message.Payload);
    }

    /// <exception cref="StateCorruptException">It does not match its checksum.</exception>
    public static MessageContent Read(Journal.Journal journal, Guid messageId, PayloadRef payload)
    {
        var stored = NewBuffer(payload);
        journal.Read(new LogPosition(payload.Segment, payload.Offset), stored);
        return Decode(stored, messageId, payload);
    }

    private static byte[] NewBuffer(PayloadRef payload) =>
        GC.AllocateUninitializedArray<byte>(Payload.StoredLength(payload.Length));

    private static MessageContent Decode(byte[] stored, Guid messageId, PayloadRef payload)
    {
        return Payload.TryRead(stored, out var content)
            ? MessageContent.Decode(content)
            : throw new StateCorruptException($"the content of message {messageId}, segment "
                + $"{payload.Segment} at {payload.Offset}, does not match its checksum");
    }
}
