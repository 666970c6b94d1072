using Weir.Broker.Messages;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Aws.Messages;
using Weir.Protocols.Aws.Notifications;

namespace Weir.Protocols.Sqs.Messages;

/// <summary>Writes the messages of a ReceiveMessage answer.</summary>
internal sealed class ReceivedMessageWriter(
    AnswerWriter answer, SystemAttributes system, AttributeFilter? filter, bool isFifo,
    NotificationEnvelope? envelope)
{
    /// <summary>True for a message of a topic that its subscription does not want raw.</summary>
    public static bool IsEnveloped(ReceivedMessage message) =>
        message.Lease.Via != Guid.Empty && message.Content.Notification is not null;

    public void Write(IReadOnlyList<ReceivedMessage> messages)
    {
        if (messages.Count == 0) return;
        answer.BeginList(SqsMembers.Messages);
        for (var i = 0; i < messages.Count; i++) Write(messages[i]);
        answer.EndList();
    }

    private void Write(ReceivedMessage message)
    {
        answer.BeginItem();
        MessageIds.WriteId(answer, message.Lease.MessageId);
        answer.Text(SqsMembers.ReceiptHandle, message.Lease.Receipt.ToString());
        var isEnveloped = IsEnveloped(message);
        var body = isEnveloped ? envelope!.Write(message.Content, message.Lease.Via) : message.Content.Body;
        Md5Digest.Write(answer, SqsMembers.Md5OfBody, body.Span);
        answer.Text(SqsMembers.Body, body.Span);
        SystemAttributesText.Write(answer, message, system, isFifo);
        if (!isEnveloped && filter?.Apply(message.Content.Attributes) is { Count: > 0 } attributes)
            WriteAttributes(attributes);
        answer.EndItem();
    }

    // The digest covers what is sent, not what the message has: that is what the client can check.
    private void WriteAttributes(IReadOnlyList<MessageAttribute> attributes)
    {
        Md5Digest.Write(answer, SqsMembers.Md5OfMessageAttributes, attributes);
        answer.BeginMap(SqsMembers.MessageAttributes);
        for (var i = 0; i < attributes.Count; i++)
        {
            var attribute = attributes[i];
            answer.BeginEntry(attribute.Name);
            if (AttributeType.IsBinary(attribute.DataType)) answer.Blob(SqsMembers.BinaryValue, attribute.Value.Span);
            else answer.Text(SqsMembers.StringValue, attribute.Value.Span);
            answer.Text(SqsMembers.DataType, attribute.DataType);
            answer.EndEntry();
        }

        answer.EndMap();
    }
}
