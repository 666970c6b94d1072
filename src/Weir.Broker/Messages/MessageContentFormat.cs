using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Weir.Broker.Messages;

/// <summary>A message's content on disk.</summary>
//   0         1            5            5+h
//   +---------+------------+------------+-----------------------+
//   | version | h: length  | head       | body, to the end      |
//   +---------+------------+------------+-----------------------+
//   head: sender, trace header, from version 2 on the notification's seven fields, in versions 4 and 5 the sequence
//   (8 bytes, int64, written by the engine), for each attribute name, type, value; each is its length (int32, -1 for
//   none) and its bytes, texts in UTF-8.
internal static class MessageContentFormat
{
    /// <summary>Sent to a queue.</summary>
    private const byte Sent = 1;

    /// <summary>Published to a topic.</summary>
    private const byte Published = 2;

    /// <summary>Published to a topic, and taken from its archive again.</summary>
    private const byte Replayed = 3;

    /// <summary>As 2 and 3, with a sequence.</summary>
    private const byte Numbered = 4;

    private const byte NumberedReplayed = 5;

    private const int PrefixLength = 1 + sizeof(int);

    public static byte[] Encode(MessageContent content)
    {
        var headLength = FieldLength(content.SenderId) + FieldLength(content.TraceHeader);
        var notification = content.Notification is { } published ? Fields(published) : [];
        foreach (var field in notification) headLength += FieldLength(field);
        var sequence = content.Notification?.Sequence;
        if (sequence is not null) headLength += sizeof(int) + sizeof(long);
        for (var i = 0; i < content.Attributes.Count; i++)
        {
            var attribute = content.Attributes[i];
            headLength += FieldLength(attribute.Name) + FieldLength(attribute.DataType);
            headLength += sizeof(int) + attribute.Value.Length;
        }

        var stored = GC.AllocateUninitializedArray<byte>(PrefixLength + headLength + content.Body.Length);
        stored[0] = content.Notification switch
        {
            null => Sent,
            { IsReplayed: true } => sequence is null ? Replayed : NumberedReplayed,
            _ => sequence is null ? Published : Numbered,
        };
        BinaryPrimitives.WriteInt32LittleEndian(stored.AsSpan(1), headLength);
        var position = PrefixLength;
        WriteField(stored, ref position, content.SenderId);
        WriteField(stored, ref position, content.TraceHeader);
        foreach (var field in notification) WriteField(stored, ref position, field);
        if (sequence is { } number)
        {
            BinaryPrimitives.WriteInt32LittleEndian(stored.AsSpan(position), sizeof(long));
            BinaryPrimitives.WriteInt64LittleEndian(stored.AsSpan(position + sizeof(int)), number);
            position += sizeof(int) + sizeof(long);
        }

        for (var i = 0; i < content.Attributes.Count; i++)
        {
            var attribute = content.Attributes[i];
            WriteField(stored, ref position, attribute.Name);
            WriteField(stored, ref position, attribute.DataType);
            BinaryPrimitives.WriteInt32LittleEndian(stored.AsSpan(position), attribute.Value.Length);
            attribute.Value.Span.CopyTo(stored.AsSpan(position + sizeof(int)));
            position += sizeof(int) + attribute.Value.Length;
        }

        content.Body.Span.CopyTo(stored.AsSpan(position));
        return stored;
    }

    /// <summary>Where in the stored content its sequence lies; null when it has none.</summary>
    public static int? SequenceAt(MessageContent content) => content.Notification is { Sequence: not null } notification
        ? PrefixLength + FieldLength(content.SenderId) + FieldLength(content.TraceHeader)
            + Fields(notification).Sum(FieldLength) + sizeof(int)
        : null;

    public static MessageContent Decode(ReadOnlyMemory<byte> stored)
    {
        var span = stored.Span;
        if (span.Length < PrefixLength || span[0] is < Sent or > NumberedReplayed)
            throw new InvalidDataException("A stored message is of a version that this Weir does not know.");
        var headLength = BinaryPrimitives.ReadInt32LittleEndian(span[1..]);
        if (headLength < 0 || headLength > span.Length - PrefixLength)
            throw new InvalidDataException($"A stored message names a head of {headLength} bytes.");
        var head = stored.Slice(PrefixLength, headLength);
        var position = 0;
        var sender = ReadText(head, ref position) ?? "";
        var trace = ReadText(head, ref position);
        var notification = span[0] == Sent ? null : ReadNotification(head, ref position);
        if (span[0] is Numbered or NumberedReplayed)
            notification = notification! with { Sequence = ReadSequence(head, ref position) };
        if (span[0] is Replayed or NumberedReplayed) notification = notification! with { IsReplayed = true };
        var attributes = new List<MessageAttribute>();
        while (position < headLength)
        {
            attributes.Add(new MessageAttribute(
                ReadText(head, ref position) ?? "", ReadText(head, ref position) ?? "",
                ReadField(head, ref position) ?? default));
        }

        return new MessageContent
        {
            Body = stored[(PrefixLength + headLength)..],
            Attributes = attributes.Count == 0 ? [] : attributes,
            TraceHeader = trace,
            SenderId = sender,
            Notification = notification,
        };
    }

    private static string?[] Fields(Notification notification) =>
    [
        notification.TopicAccount, notification.TopicRegion, notification.TopicName,
        notification.MessageId.ToString(), notification.Subject,
        notification.PublishedUnixMs.ToString(CultureInfo.InvariantCulture),
        notification.SignatureVersion.ToString(CultureInfo.InvariantCulture),
    ];

    private static Notification ReadNotification(ReadOnlyMemory<byte> head, ref int position)
    {
        var (account, region) = (ReadText(head, ref position) ?? "", ReadText(head, ref position) ?? "");
        var (name, id) = (ReadText(head, ref position) ?? "", ReadText(head, ref position));
        var subject = ReadText(head, ref position);
        var (published, version) = (ReadText(head, ref position), ReadText(head, ref position));
        return Guid.TryParse(id, out var messageId)
            && long.TryParse(published, CultureInfo.InvariantCulture, out var publishedUnixMs)
            && int.TryParse(version, CultureInfo.InvariantCulture, out var signatureVersion)
            ? new Notification(account, region, name, messageId, subject, publishedUnixMs, signatureVersion)
            : throw new InvalidDataException("A stored message tells of its topic what cannot be read.");
    }

    private static long ReadSequence(ReadOnlyMemory<byte> head, ref int position) =>
        ReadField(head, ref position) is { Length: sizeof(long) } bytes
            ? BinaryPrimitives.ReadInt64LittleEndian(bytes.Span)
            : throw new InvalidDataException("A stored message has a sequence that is none.");

    private static int FieldLength(string? text) => sizeof(int) + (text is null ? 0 : Encoding.UTF8.GetByteCount(text));

    private static void WriteField(byte[] stored, ref int position, string? text)
    {
        var length = text is null ? -1 : Encoding.UTF8.GetBytes(text, stored.AsSpan(position + sizeof(int)));
        BinaryPrimitives.WriteInt32LittleEndian(stored.AsSpan(position), length);
        position += sizeof(int) + Math.Max(0, length);
    }

    private static string? ReadText(ReadOnlyMemory<byte> head, ref int position) =>
        ReadField(head, ref position) is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private static ReadOnlyMemory<byte>? ReadField(ReadOnlyMemory<byte> head, ref int position)
    {
        if (head.Length - position < sizeof(int)) throw new InvalidDataException("A stored message's head is cut.");
        var length = BinaryPrimitives.ReadInt32LittleEndian(head.Span[position..]);
        position += sizeof(int);
        if (length == -1) return null;
        if (length < 0 || length > head.Length - position)
            throw new InvalidDataException($"A stored message names a field of {length} bytes.");
        var field = head.Slice(position, length);
        position += length;
        return field;
    }
}
