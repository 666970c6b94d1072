using System.Globalization;
using Weir.Broker.Messages;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Sqs.Attributes;

namespace Weir.Protocols.Sqs.Messages;

/// <summary>What SQS itself says of a received message, as far as it was asked for.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
[Flags]
internal enum SystemAttributes
{
    None = 0,
    SenderId = 1,
    SentTimestamp = 2,
    ReceiveCount = 4,
    FirstReceived = 8,
    SequenceNumber = 16,
    DeduplicationId = 32,
    GroupId = 64,
    TraceHeader = 128,
    DeadLetterSource = 256,
    All = 511,
}

internal static class SystemAttributesText
{
    /// <summary>Reads the names under both their present and their older parameter.</summary>
    public static AwsError? Read(InputValue input, out SystemAttributes wanted)
    {
        wanted = SystemAttributes.None;
        return Read(input[SqsMembers.AttributeNames].Items(), ref wanted)
            ?? Read(input[SqsMembers.MessageSystemAttributeNames].Items(), ref wanted);
    }

    public static void Write(AnswerWriter answer, ReceivedMessage message, SystemAttributes wanted, bool isFifo)
    {
        if (wanted == SystemAttributes.None) return;
        var lease = message.Lease;
        Span<char> text = stackalloc char[MessageIds.SequenceDigits];
        answer.BeginMap(SqsMembers.Attributes);
        if (wanted.HasFlag(SystemAttributes.SenderId)) answer.Entry("SenderId", message.Content.SenderId);
        if (wanted.HasFlag(SystemAttributes.SentTimestamp))
            answer.Entry("SentTimestamp", Format(lease.SentUnixMs, text));
        if (wanted.HasFlag(SystemAttributes.ReceiveCount))
            answer.Entry("ApproximateReceiveCount", Format(lease.ReceiveCount, text));
        if (wanted.HasFlag(SystemAttributes.FirstReceived))
            answer.Entry("ApproximateFirstReceiveTimestamp", Format(lease.FirstReceivedUnixMs, text));
        if (wanted.HasFlag(SystemAttributes.SequenceNumber) && isFifo)
        {
            MessageIds.FormatSequence(lease.Sequence, text);
            answer.Entry("SequenceNumber", text);
        }

        if (wanted.HasFlag(SystemAttributes.DeduplicationId) && lease.DeduplicationId is { } deduplicationId)
            answer.Entry("MessageDeduplicationId", deduplicationId);
        if (wanted.HasFlag(SystemAttributes.GroupId) && lease.GroupId is { } groupId)
            answer.Entry("MessageGroupId", groupId);
        if (wanted.HasFlag(SystemAttributes.TraceHeader) && message.Content.TraceHeader is { } trace)
            answer.Entry("AWSTraceHeader", trace);
        if (wanted.HasFlag(SystemAttributes.DeadLetterSource) && lease.DeadLetterSource is { } source)
            answer.Entry("DeadLetterQueueSourceArn", QueueArn.Write(source));
        answer.EndMap();
    }

    private static AwsError? Read(InputItems names, ref SystemAttributes wanted)
    {
        foreach (var item in names)
        {
            if (item.Text() is not { } name) return null;
            var attribute = Parse(name);
            wanted |= attribute;

            // The older parameter's type is that of queue attributes, whose names say nothing of a message.
            if (attribute == SystemAttributes.None && !AttributeName.IsKnown(name))
                return SqsErrors.InvalidAttributeName(name);
        }

        return null;
    }

    private static SystemAttributes Parse(string name) => name switch
    {
        "All" => SystemAttributes.All,
        "SenderId" => SystemAttributes.SenderId,
        "SentTimestamp" => SystemAttributes.SentTimestamp,
        "ApproximateReceiveCount" => SystemAttributes.ReceiveCount,
        "ApproximateFirstReceiveTimestamp" => SystemAttributes.FirstReceived,
        "SequenceNumber" => SystemAttributes.SequenceNumber,
        "MessageDeduplicationId" => SystemAttributes.DeduplicationId,
        "MessageGroupId" => SystemAttributes.GroupId,
        "AWSTraceHeader" => SystemAttributes.TraceHeader,
        "DeadLetterQueueSourceArn" => SystemAttributes.DeadLetterSource,
        _ => SystemAttributes.None,
    };

    private static ReadOnlySpan<char> Format(long value, Span<char> destination)
    {
        _ = value.TryFormat(destination, out var length, default, CultureInfo.InvariantCulture);
        return destination[..length];
    }
}
