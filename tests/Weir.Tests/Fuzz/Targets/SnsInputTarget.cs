using Weir.Broker.Messages;
using Weir.Broker.Topics;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Aws.Messages;
using Weir.Protocols.Sns;
using Weir.Protocols.Sns.Attributes;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>
/// The readers of what a request of SNS says: attributes, tags, lists of names, and batches with message attributes in
/// their entries. Message attributes that are taken come back from their stored form as they were.
/// </summary>
internal sealed class SnsInputTarget : HostileReader
{
    private readonly InputTree _tree = new();

    public override string Name => "members-sns";

    public override IReadOnlyList<byte[]> Seeds { get; } = Texts(SnsSeeds.Requests.Select(request => request.Form));

    public override IReadOnlyList<byte[]> Tokens { get; } = Texts(
        ".member", ".entry", ".member.1", ".entry.1", ".member.2", ".entry.2", ".key=", ".value=", ".Name=",
        "&Tags.member.3.Key=", "&Attributes.entry.5.key=", "&PublishBatchRequestEntries.member.1.",
        "MessageAttributes.entry.1.Value.", "StringListValue.member.1", "FifoThroughputScope", "MaximumMessageSize");

    public override bool Takes(byte[] input)
    {
        try
        {
            QueryInputReader.Read(default, input, _tree);
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
        if (!ReadAttributes(root) || TagReader.Read(Tags(root), out _) is not null) return false;
        foreach (var key in root[SnsMembers.TagKeys].Items()) _ = key.Text();
        if (!ReadMessage(root)) return false;
        foreach (var entry in root[SnsMembers.PublishEntries].Items())
        {
            _ = entry[SnsMembers.Id].Text();
            if (!ReadMessage(entry)) return false;
        }

        return true;
    }

    private static InputItems Tags(InputValue root) => root[SnsMembers.Tags].Entries(SnsMembers.Tags);

    private static bool ReadAttributes(InputValue root)
    {
        var config = new TopicConfig { IsFifo = true };
        foreach (var entry in root[SnsMembers.Attributes].Entries(SnsMembers.Attributes))
        {
            if (entry.Text() is not { } value) return false;
            if (TopicAttributes.Set(config, entry.Name, value).Config is not { } next) return false;
            config = next;
        }

        return true;
    }

    private bool ReadMessage(InputValue message)
    {
        var body = message[SnsMembers.Message].Utf8();
        if (MessageAttributesReader.ReadUser(
            message[SnsMembers.MessageAttributes], MessageAttributesReader.TopicMax, out var attributes) is not null)
            return false;
        if (_tree.Fault is not null) return false;
        var content = new MessageContent { Body = body ?? default, Attributes = attributes };
        ContentTarget.RequireSame(content, MessageContent.Decode(content.Encode()));
        return true;
    }
}
