using System.Collections.Immutable;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Sns.Attributes;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Creates a topic, or answers the one that is there when it differs in nothing that was asked for.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
internal sealed class CreateTopicOperation : AwsOperation
{
    public override string Name => "CreateTopic";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.RequiredText(call, SnsMembers.Name) is not { } text) return call.Fault;
        var attributes = call.Input[SnsMembers.Attributes].Entries(SnsMembers.Attributes);
        var tagEntries = call.Input[SnsMembers.Tags].Entries(SnsMembers.Tags);
        var wrongTags = TagReader.Read(tagEntries, out var tags);
        if (call.Fault is not null) return call.Fault;
        if (wrongTags is not null) return SnsErrors.From(wrongTags);
        if (tags.Count > TagResourceOperation.TagsMax) return TagResourceOperation.LimitExceeded;
        if (!TopicNameText.IsValid(text)) return SnsErrors.Invalid("Topic Name", NameRule);
        var name = new TopicName(call.Identity.Account, call.Identity.Region, text);
        var start = new TopicConfig
        {
            IsFifo = name.HasFifoSuffix, Tags = tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        var (config, error) = Read(start, attributes);
        if (config is null) return call.Fault ?? error;

        AwsError? conflict = null;
        var outcome = await call.Backend.Topics.CreateAsync(name, config, present =>
        {
            conflict = ConflictWith(present, attributes, tags);
            return conflict is null ? null : new Fault(FaultCode.InvalidValue, conflict.Message);
        });
        if (conflict is not null) return conflict;
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);
        call.Answer.Text(SnsMembers.TopicArn, TopicArn.Write(name));
        return null;
    }

    private const string NameRule =
        "1 to 256 letters, digits, hyphens and underscores; the name of a FIFO topic, and only that, ends in .fifo";

    private static (TopicConfig? Config, AwsError? Error) Read(TopicConfig config, InputItems attributes)
    {
        foreach (var entry in attributes)
        {
            if (entry.Text() is not { } value) return (null, null);
            if (entry.Name == TopicAttributes.FifoTopic)
            {
                if (value is not ("true" or "false"))
                    return (null, SnsErrors.Invalid("FifoTopic", "must be true or false"));
                if (value == "true" == config.IsFifo) continue;
                return (null, SnsErrors.Invalid("Topic Name", NameRule));
            }

            if (entry.Name == TopicAttributes.DataProtectionPolicy)
                return (null, PutDataProtectionPolicyOperation.Refusal);
            var (next, error) = TopicAttributes.Set(config, entry.Name, value);
            if (next is null) return (null, error);
            config = next;
        }

        return (config, null);
    }

    private static AwsError? ConflictWith(
        TopicConfig present, InputItems attributes, Dictionary<string, string> tags)
    {
        var (same, _) = Read(present, attributes);
        if (same is null || !IsSame(same, present))
            return SnsErrors.Invalid("Attributes", "Topic already exists with different attributes");
        return tags.Count > 0 && !(tags.Count == present.Tags.Count && tags.All(present.Tags.Contains))
            ? SnsErrors.Invalid("Tags", "Topic already exists with different tags")
            : null;
    }

    private static bool IsSame(TopicConfig left, TopicConfig right) =>
        left.Opaque.SequenceEqual(right.Opaque) && left with { Opaque = right.Opaque } == right;
}
