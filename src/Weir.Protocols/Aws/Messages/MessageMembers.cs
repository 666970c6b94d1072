using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Aws.Messages;

/// <summary>The members of message attributes, which SQS and SNS have in common.</summary>
internal static class MessageMembers
{
    public static readonly Member MessageAttributes = new("MessageAttributes", "MessageAttribute");
    public static readonly Member MessageSystemAttributes = new("MessageSystemAttributes", "MessageSystemAttribute");
    public static readonly Member StringValue = new("StringValue");
    public static readonly Member BinaryValue = new("BinaryValue");
    public static readonly Member StringListValues = new("StringListValues", "StringListValue");
    public static readonly Member BinaryListValues = new("BinaryListValues", "BinaryListValue");
    public static readonly Member DataType = new("DataType");
}
