using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Aws.Messages;
using Weir.Protocols.Sqs;
using Weir.Protocols.Sqs.Attributes;
using Weir.Protocols.Sqs.Messages;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>
/// The readers of what a request says: message attributes, queue attributes, tags and lists of names. Attributes that
/// are taken come back from their stored form as they were.
/// </summary>
internal sealed class SqsInputTarget(WireDialect dialect) : HostileReader
{
    private static readonly QueueName Queue = new("000000000000", "us-east-1", "orders.fifo");

    private readonly InputTree _tree = new();

    public override string Name => dialect == WireDialect.Json ? "members-json" : "members-query";

    public override IReadOnlyList<byte[]> Seeds { get; } =
        Texts(SqsSeeds.Requests.Select(r => dialect == WireDialect.Json ? r.Json : r.Form));

    public override IReadOnlyList<byte[]> Tokens { get; } = Texts(
        "Number", "Binary", "String.", "AWSTraceHeader", "RedrivePolicy", "RedriveAllowPolicy",
        "maxReceiveCount", "Policy",
        "1e126", "1e-129", "0.00000000000000000000000000000000000000000001", "99999999999999999999999999999999999999",
        "&MessageAttribute.4.Name=", ".Value.StringValue=", "KmsMasterKeyId", "DeduplicationScope", "messageGroup");

    public override bool Takes(byte[] input)
    {
        try
        {
            if (dialect == WireDialect.Json) JsonInputReader.Read(input, _tree);
            else QueryInputReader.Read(default, input, _tree);
            if (_tree.Fault is not null) return false;
            var isTaken = ReadMembers(_tree.RootValue);
            return isTaken && _tree.Fault is null;
        }
        finally
        {
            _tree.Release();
        }
    }

    private bool ReadMembers(InputValue root)
    {
        var body = root[SqsMembers.MessageBody].Utf8();
        _ = root[SqsMembers.DelaySeconds].Integer();
        var error = MessageAttributesReader.ReadUser(
            root[SqsMembers.MessageAttributes], MessageAttributesReader.QueueMax, out var attributes)
            ?? MessageAttributesReader.ReadSystem(root[SqsMembers.MessageSystemAttributes], out _)
            ?? new AttributeReader(Queue, isCreate: false).Read(
                root[SqsMembers.Attributes].Entries(SqsMembers.Attributes))
            ?? TagReader.Read(root[SqsMembers.CreateTags].Entries(SqsMembers.CreateTags), out _)
            ?? SystemAttributesText.Read(root, out _);
        if (error is not null || _tree.Fault is not null) return false;
        var content = new MessageContent { Body = body ?? default, Attributes = attributes };
        ContentTarget.RequireSame(content, MessageContent.Decode(content.Encode()));
        return true;
    }
}
