using System.Globalization;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sqs.Messages;

internal static class MessageIds
{
    /// <summary>SQS numbers a FIFO queue's messages with 20 digits, so that they sort as text too.</summary>
    public const int SequenceDigits = 20;

    private const int GuidLength = 36;

    public static void WriteId(AnswerWriter answer, Guid messageId)
    {
        Span<char> text = stackalloc char[GuidLength];
        _ = messageId.TryFormat(text, out _);
        answer.Text(SqsMembers.MessageId, text);
    }

    public static void WriteSequence(AnswerWriter answer, long sequence)
    {
        Span<char> text = stackalloc char[SequenceDigits];
        FormatSequence(sequence, text);
        answer.Text(SqsMembers.SequenceNumber, text);
    }

    public static void FormatSequence(long sequence, Span<char> destination) =>
        _ = sequence.TryFormat(destination, out _, "D20", CultureInfo.InvariantCulture);
}
