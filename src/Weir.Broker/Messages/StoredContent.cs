using Weir.Engine;
using Weir.Engine.State;
using Weir.Journal;

namespace Weir.Broker.Messages;

/// <summary>Reads messages' contents from the log, where they lie.</summary>
internal static class StoredContent
{
    /// <exception cref="StateCorruptException">It does not match its checksum.</exception>
    public static MessageContent Read(Journal.Journal journal, StoredMessage message) =>
        Read(journal, message.MessageId, message.Payload);

    /// <exception cref="StateCorruptException">It does not match its checksum.</exception>
    public static MessageContent Read(Journal.Journal journal, Guid messageId, PayloadRef payload)
    {
        var stored = GC.AllocateUninitializedArray<byte>(Payload.StoredLength(payload.Length));
        journal.Read(new LogPosition(payload.Segment, payload.Offset), stored);
        return Payload.TryRead(stored, out var content)
            ? MessageContent.Decode(content)
            : throw new StateCorruptException($"the content of message {messageId}, segment "
                + $"{payload.Segment} at {payload.Offset}, does not match its checksum");
    }
}
