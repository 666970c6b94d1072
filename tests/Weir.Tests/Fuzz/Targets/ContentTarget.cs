using Weir.Broker.Messages;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>A stored message is refused, or read; what was read is written so that it reads the same.</summary>
internal sealed class ContentTarget : HostileReader
{
    public override string Name => "content";

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        new MessageContent { Body = "hello"u8.ToArray(), SenderId = "000000000000" }.Encode(),
        new MessageContent
        {
            Body = new byte[300], SenderId = "AIDA", TraceHeader = "Root=1-5759e988-bd862e3fe1be46a994272793",
            Attributes = [new("a", "String", "b"u8.ToArray()), new("n", "Number.x", "1"u8.ToArray())],
        }.Encode(),
        Published(sequence: null, isReplayed: false),
        Published(sequence: 7, isReplayed: false),
        Published(sequence: 7, isReplayed: true),
    ];

    public override bool Takes(byte[] input)
    {
        MessageContent content;
        try
        {
            content = MessageContent.Decode(input);
        }
        catch (InvalidDataException)
        {
            return false;
        }

        RequireSame(content, MessageContent.Decode(content.Encode()));
        return true;
    }

    private static byte[] Published(long? sequence, bool isReplayed) => new MessageContent
    {
        Body = "hello"u8.ToArray(),
        SenderId = "000000000000",
        Notification = new Notification(
            "000000000000", "us-east-1", "news.fifo", new Guid(1, 2, 3, new byte[8]), "s", 9, 2)
        {
            Sequence = sequence, IsReplayed = isReplayed,
        },
    }.Encode();

    public static void RequireSame(MessageContent content, MessageContent read)
    {
        Require(content.Body.Span.SequenceEqual(read.Body.Span), "the body changed");
        Require(content.SenderId == read.SenderId && content.TraceHeader == read.TraceHeader, "the sender changed");
        Require(content.Notification == read.Notification, "what the message tells of its topic changed");
        Require(content.Attributes.Count == read.Attributes.Count, "the attributes changed");
        for (var i = 0; i < read.Attributes.Count; i++)
        {
            var (one, other) = (content.Attributes[i], read.Attributes[i]);
            Require(one.Name == other.Name && one.DataType == other.DataType, "an attribute's name changed");
            Require(one.Value.Span.SequenceEqual(other.Value.Span), "an attribute's value changed");
        }
    }
}
