using System.Text;
using System.Text.Json.Nodes;
using Weir.Broker.Messages;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Aws.Messages;
using Weir.Protocols.Aws.Notifications;

namespace Weir.Protocols.Sns;

/// <summary>Reads what Publish and each entry of PublishBatch say, and writes what they answer.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
internal static class PublishInput
{
    private const int SubjectLengthMax = 100;
    private const int IdLengthMax = 128;

    /// <summary>The topic, which may stand under another name; null with the fault noted in the call.</summary>
    public static TopicName? ReadTopic(AwsCall call)
    {
        if (call.Input[SnsMembers.PhoneNumber].Text() is { Length: > 0 })
        {
            call.Refuse(SnsErrors.Invalid("PhoneNumber", "Weir sends no text messages; publish to a topic"));
            return null;
        }

        var isTarget = call.Input[SnsMembers.TargetArn].Text() is { Length: > 0 };
        return call.Fault is null
            ? TopicInput.Read(call, isTarget ? SnsMembers.TargetArn : SnsMembers.TopicArn)
            : null;
    }

    /// <summary>The message, or what is wrong with it alone, or neither with the fault noted in the call.</summary>
    public static (TopicMessage? Message, AwsError? Error) ReadMessage(AwsCall call, InputValue input, TopicName topic)
    {
        var text = input[SnsMembers.Message].Utf8();
        var subject = input[SnsMembers.Subject].Text();
        var structure = input[SnsMembers.MessageStructure].Text();
        var groupId = input[SnsMembers.MessageGroupId].Text();
        var deduplicationId = input[SnsMembers.MessageDeduplicationId].Text();
        var wrong = MessageAttributesReader.ReadUser(
            input[SnsMembers.MessageAttributes], MessageAttributesReader.TopicMax, out var attributes);
        if (call.Fault is not null) return default;
        if (wrong is not null) return (null, SnsErrors.From(wrong));
        if (text is not { IsEmpty: false } body) return (null, SnsErrors.Invalid("Empty message"));
        if (CheckSubject(subject) is { } wrongSubject) return (null, wrongSubject);
        if (CheckId("MessageGroupId", groupId) is { } wrongGroup) return (null, wrongGroup);
        if (CheckId("MessageDeduplicationId", deduplicationId) is { } wrongId) return (null, wrongId);
        if (!string.IsNullOrEmpty(structure))
        {
            if (structure != "json") return (null, SnsErrors.Invalid("MessageStructure", "json is the only structure"));
            if (ReadStructure(body) is not { } chosen)
            {
                return (null, SnsErrors.Invalid(
                    "Message Structure", "No default entry in JSON message body"));
            }

            body = chosen;
        }

        if (!MessageText.IsAllowed(body.Span)) return (null, AwsErrors.InvalidMessageContents);
        return (Make(call, topic, body, subject, attributes) with
        {
            GroupId = groupId, DeduplicationId = deduplicationId,
        }, null);
    }

    public static void WritePublished(AnswerWriter answer, Published published, TopicName topic)
    {
        answer.Text(SnsMembers.MessageId, published.MessageId.ToString());
        if (topic.HasFifoSuffix)
            answer.Text(SnsMembers.SequenceNumber, SequenceText.Write(published.Sequence));
    }

    private static TopicMessage Make(
        AwsCall call, TopicName topic, ReadOnlyMemory<byte> body, string? subject,
        IReadOnlyList<MessageAttribute> attributes)
    {
        var content = new MessageContent
        {
            Body = body,
            Attributes = attributes,
            SenderId = call.Identity.Account,
            TraceHeader = RequestTrace.HeaderOf(call.Request),
        };
        return TopicMessage.Of(
            call.Broker.Definitions, topic, call.Broker.Ids.NewId(), call.Broker.Time.GetUtcNow(), content,
            string.IsNullOrEmpty(subject) ? null : subject);
    }

    // Each protocol has its own text, and those that have none get the default. Values that are no strings are ignored.
    private static ReadOnlyMemory<byte>? ReadStructure(ReadOnlyMemory<byte> body)
    {
        if (JsonText.ParseObject(Encoding.UTF8.GetString(body.Span)) is not JsonObject texts) return null;
        if (JsonText.String(texts["default"]) is not { } fallback) return null;
        return Encoding.UTF8.GetBytes(JsonText.String(texts[SubscriptionProtocol.Queue]) ?? fallback);
    }

    private static AwsError? CheckSubject(string? subject)
    {
        if (subject is null or "") return null;
        if (subject.Length > SubjectLengthMax)
            return SnsErrors.Invalid("Subject", $"it is longer than {SubjectLengthMax} characters");
        var isText = !subject.Any(one => char.IsControl(one) || one is '\u2028' or '\u2029');
        return isText ? null : SnsErrors.Invalid("Subject", "it must have no line breaks or control characters");
    }

    private static AwsError? CheckId(string parameter, string? id) =>
        id is null || (id.Length is > 0 and <= IdLengthMax && !id.AsSpan().ContainsAnyExceptInRange('!', '~'))
            ? null
            : SnsErrors.Invalid(parameter, $"1 to {IdLengthMax} alphanumeric and punctuation characters");
}
