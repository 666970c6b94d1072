using System.Security.Cryptography;
using System.Text;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Aws.Messages;

namespace Weir.Protocols.Sqs.Messages;

/// <summary>A message as its sender gave it, checked: what is sent, and what the answer says of it.</summary>
/// <param name="Content">Its body and values lie in the request: they are valid until it is answered.</param>
/// <param name="Trace">The system attribute, when the sender gave it as one.</param>
internal sealed record OutgoingMessage(MessageContent Content, SendEntry Entry, MessageAttribute? Trace)
{
    private const int DelaySecondsMax = 900;

    /// <summary>Gives null and an error of this one message, or null with the fault noted in the call.</summary>
    public static OutgoingMessage? Read(AwsCall call, InputValue input, QueueName queue, out AwsError? error)
    {
        var body = input.Required(SqsMembers.MessageBody).Utf8();
        var delay = input[SqsMembers.DelaySeconds].Integer();
        var groupId = input[SqsMembers.MessageGroupId].Text();
        var deduplicationId = input[SqsMembers.MessageDeduplicationId].Text();
        var wrongSystem = MessageAttributesReader.ReadSystem(input[SqsMembers.MessageSystemAttributes], out var trace);
        error = MessageAttributesReader.ReadUser(
            input[SqsMembers.MessageAttributes], MessageAttributesReader.QueueMax, out var attributes)
            ?? wrongSystem
            ?? CheckDelay(delay, queue)
            ?? FifoId.CheckGroup(groupId, queue)
            ?? FifoId.CheckDeduplication(deduplicationId, queue);
        if (call.Fault is not null || body is not { } text) return null;
        if (error is null && !MessageText.IsAllowed(text.Span)) error = AwsErrors.InvalidMessageContents;
        if (!TimeToLive.TryRead(attributes, out var ttl)) error ??= AwsErrors.InvalidParameter(TimeToLive.Rule);
        if (error is not null) return null;

        var content = new MessageContent
        {
            Body = text,
            Attributes = attributes,
            TraceHeader = TraceHeader(call, trace),
            SenderId = call.Identity.Account,
        };
        var entry = new SendEntry
        {
            MessageId = call.Broker.Ids.NewId(),
            Payload = content.Encode(),
            ContentBytes = ContentBytes(content),
            Delay = delay is { } seconds && !queue.HasFifoSuffix ? TimeSpan.FromSeconds(seconds) : null,
            Ttl = ttl,
            GroupId = groupId,
            DeduplicationId = deduplicationId,
            ContentDeduplicationId = queue.HasFifoSuffix && deduplicationId is null
                ? Convert.ToHexStringLower(SHA256.HashData(text.Span))
                : null,
        };
        return new OutgoingMessage(content, entry, trace);
    }

    /// <summary>Writes what SendMessage and each entry of SendMessageBatch answer.</summary>
    public void Write(AnswerWriter answer, SentMessage sent, QueueName queue)
    {
        Md5Digest.Write(answer, SqsMembers.Md5OfMessageBody, Content.Body.Span);
        if (Content.Attributes.Count > 0)
            Md5Digest.Write(answer, SqsMembers.Md5OfMessageAttributes, Content.Attributes);
        if (Trace is { } trace) Md5Digest.Write(answer, SqsMembers.Md5OfMessageSystemAttributes, [trace]);
        MessageIds.WriteId(answer, sent.MessageId);
        if (queue.HasFifoSuffix) MessageIds.WriteSequence(answer, sent.Sequence);
    }

    /// <summary>What counts against the limits: the body, and each attribute's name, type and value.</summary>
    private static int ContentBytes(MessageContent content)
    {
        var bytes = content.Body.Length;
        foreach (var attribute in content.Attributes)
            bytes += attribute.Name.Length + Encoding.UTF8.GetByteCount(attribute.DataType) + attribute.Value.Length;
        return bytes;
    }

    private static AwsError? CheckDelay(int? delay, QueueName queue)
    {
        if (delay is < 0 or > DelaySecondsMax)
        {
            return AwsErrors.InvalidParameter(
                SqsMembers.DelaySeconds.Name, delay, $"DelaySeconds must be >= 0 and <= {DelaySecondsMax}.");
        }

        // A FIFO queue has one delay for all; zero says nothing that it would have to refuse.
        return delay is > 0 && queue.HasFifoSuffix
            ? SqsErrors.InvalidForQueueType(SqsMembers.DelaySeconds.Name, delay)
            : null;
    }

    // Tracing middleware gives the header to the request, which SQS takes for the message's.
    private static string? TraceHeader(AwsCall call, MessageAttribute? trace) =>
        trace is { } given ? Encoding.UTF8.GetString(given.Value.Span) : RequestTrace.HeaderOf(call.Request);
}
