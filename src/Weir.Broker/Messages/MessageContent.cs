using System.Text;

namespace Weir.Broker.Messages;

/// <summary>A named, typed value beside a message's body.</summary>
/// <param name="DataType">String, Number or Binary, perhaps with a label of the sender's own:
/// <c>Number.float</c>.</param>
/// <param name="Value">UTF-8 for String and Number; the bytes themselves for Binary.</param>
public readonly record struct MessageAttribute(string Name, string DataType, ReadOnlyMemory<byte> Value);

/// <summary>What a message carries, in no protocol's form.</summary>
public sealed record MessageContent
{
    /// <summary>UTF-8.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public IReadOnlyList<MessageAttribute> Attributes { get; init; } = [];

    /// <summary>The X-Ray trace header that the sender gave.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>Who sent it, as the sender's protocol knows them.</summary>
    public string SenderId { get; init; } = "";

    /// <summary>The topic that the message was published to; null when it was sent to a queue.</summary>
    public Notification? Notification { get; init; }

    /// <summary>Body and attributes, as they count against limits.</summary>
    public int Bytes
    {
        get
        {
            var bytes = Body.Length;
            foreach (var (name, type, value) in Attributes)
                bytes += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(type) + value.Length;
            return bytes;
        }
    }

    /// <summary>Where in what <see cref="Encode"/> gives the sequence of its topic lies; null when it has none.
    /// </summary>
    internal int? SequenceAt => MessageContentFormat.SequenceAt(this);

    /// <summary>The content as it is stored.</summary>
    public byte[] Encode() => MessageContentFormat.Encode(this);

    /// <summary>Reads what <see cref="Encode"/> wrote; the result refers to the same memory.</summary>
    /// <exception cref="InvalidDataException">It is not what Encode wrote.</exception>
    public static MessageContent Decode(ReadOnlyMemory<byte> stored) => MessageContentFormat.Decode(stored);
}
