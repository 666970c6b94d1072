using Weir.Protocols.Aws;
using Weir.Protocols.Sns.Attributes;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Answers all attributes of a topic.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
internal sealed class GetTopicAttributesOperation : AwsOperation
{
    public override string Name => "GetTopicAttributes";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Topics.GetAsync(name);
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);
        call.Answer.BeginMap(SnsMembers.Attributes);
        foreach (var (attribute, value) in TopicAttributes.Describe(outcome.Value, call.Broker.Time.GetUtcNow()))
            call.Answer.Entry(attribute, value);
        call.Answer.EndMap();
        return null;
    }
}
