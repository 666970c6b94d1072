using Weir.Broker.Messages;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Aws.Messages;

/// <summary>Reads the attributes that a sender gives a message.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
internal static class MessageAttributesReader
{
    /// <summary>Of a message that is sent to a queue, by SQS or raw by SNS.</summary>
    public const int QueueMax = 10;

    /// <summary>SNS documents no bound but the message's size; a request has members for no more.</summary>
    public const int TopicMax = 400;

    private const string TraceHeader = "AWSTraceHeader";

    /// <summary>The values lie in the request: they are valid until it is answered.</summary>
    public static AwsError? ReadUser(InputValue map, int countMax, out IReadOnlyList<MessageAttribute> attributes)
    {
        attributes = [];
        if (map.IsAbsent) return null;
        var entries = map.Entries(MessageMembers.MessageAttributes);
        var count = entries.Count;
        if (count > countMax)
        {
            return AwsErrors.InvalidParameter(
                $"Number of message attributes [{count}] exceeds the allowed maximum [{countMax}].");
        }

        var read = new List<MessageAttribute>(count);
        var names = new HashSet<string>(count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var name = entry.Name;
            if (AttributeNameText.Check(name) is { } wrong) return wrong;
            if (!names.Add(name)) return Wrong("user", name, "is there twice.");
            if (Read(entry, "user", name, out var attribute) is { } error) return error;
            read.Add(attribute);
        }

        attributes = read;
        return null;
    }

    /// <summary>The only attribute of this kind that a sender may give is the header of AWS X-Ray.</summary>
    public static AwsError? ReadSystem(InputValue map, out MessageAttribute? trace)
    {
        trace = null;
        if (map.IsAbsent) return null;
        foreach (var entry in map.Entries(MessageMembers.MessageSystemAttributes))
        {
            var name = entry.Name;
            if (name != TraceHeader) return Wrong("system", name, $"is not known; {TraceHeader} is.");
            if (trace is not null) return Wrong("system", name, "is there twice.");
            if (Read(entry, "system", name, out var attribute) is { } error) return error;
            if (attribute.DataType != AttributeType.Text) return Wrong("system", name, "must be of type String.");
            trace = attribute;
        }

        return null;
    }

    private static AwsError? Read(InputValue entry, string kind, string name, out MessageAttribute attribute)
    {
        attribute = default;
        var type = entry[MessageMembers.DataType].Text();
        var text = entry[MessageMembers.StringValue].Utf8();
        var blob = entry[MessageMembers.BinaryValue].Blob();
        if (!entry[MessageMembers.StringListValues].Items().IsEmpty
            || !entry[MessageMembers.BinaryListValues].Items().IsEmpty)
            return Wrong(kind, name, "has a list of values, which SQS does not support.");
        if (string.IsNullOrEmpty(type)) return Wrong(kind, name, "must contain a non-empty DataType.");
        if (!AttributeType.IsValid(type))
        {
            return Wrong(kind, name,
                "has an invalid type; the set of supported type prefixes is Binary, Number, and String.");
        }

        var isBinary = AttributeType.IsBinary(type);
        if (isBinary ? text is { IsEmpty: false } : blob is { Length: > 0 })
            return Wrong(kind, name, $"has a value of another kind than its type '{type}'.");
        var value = isBinary ? blob : text;
        if (value is not { IsEmpty: false } bytes)
            return Wrong(kind, name, $"must contain a non-empty value of type '{type}'.");
        if (!isBinary && !MessageText.IsAllowed(bytes.Span)) return AwsErrors.InvalidMessageContents;
        if (AttributeType.IsNumber(type) && !NumberText.IsNumber(bytes.Span))
        {
            return AwsErrors.InvalidParameter(
                $"Can't cast the value of message ({kind}) attribute '{name}' to a number.");
        }

        attribute = new MessageAttribute(name, type, bytes);
        return null;
    }

    private static AwsError Wrong(string kind, string name, string what) =>
        AwsErrors.InvalidParameter($"Message ({kind}) attribute '{name}' {what}");
}
