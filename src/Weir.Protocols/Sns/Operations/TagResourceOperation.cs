using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Sets tags of a topic.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html
internal sealed class TagResourceOperation : AwsOperation
{
    public override string Name => "TagResource";

    /// <summary>Tags of a topic.</summary>
    // https://docs.aws.amazon.com/sns/latest/dg/sns-tags.html
    public const int TagsMax = 50;

    public static AwsError LimitExceeded { get; } = new(
        "TagLimitExceededException", "TagLimitExceeded", 400, $"A topic has at most {TagsMax} tags.");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call, SnsMembers.ResourceArn) is not { } topic) return call.Fault;
        var wrong = TagReader.Read(call.Input[SnsMembers.Tags].Entries(SnsMembers.Tags), out var tags);
        if (call.Fault is not null) return call.Fault;
        if (wrong is not null) return SnsErrors.From(wrong);
        var isFull = false;
        var outcome = await call.Backend.Topics.ConfigureAsync(topic, config =>
        {
            var edited = config with { Tags = config.Tags.SetItems(tags) };
            isFull = edited.Tags.Count > TagsMax;
            return isFull ? new Fault(FaultCode.InvalidValue, "") : new Outcome<TopicConfig>(edited);
        });
        if (isFull) return LimitExceeded;
        return outcome.IsOk ? null : SnsErrors.From(outcome.Fault);
    }
}
