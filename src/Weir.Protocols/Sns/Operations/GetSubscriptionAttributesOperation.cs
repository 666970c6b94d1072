using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Sns.Attributes;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Answers all attributes of a subscription.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html
internal sealed class GetSubscriptionAttributesOperation : AwsOperation
{
    public override string Name => "GetSubscriptionAttributes";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.ReadSubscription(call) is not { } wanted) return call.Fault;
        var outcome = await call.Backend.Topics.GetAsync(wanted.Topic);
        if (!outcome.IsOk && outcome.Fault.Code != FaultCode.ResourceNotFound) return SnsErrors.From(outcome.Fault);
        if (!outcome.IsOk || outcome.Value.Find(wanted.Id) is not { } subscription)
            return SnsErrors.SubscriptionNotFound;
        var replay = await call.Backend.Topics.GetReplayAsync(wanted.Topic, wanted.Id);
        if (!replay.IsOk) return SnsErrors.From(replay.Fault);
        call.Answer.BeginMap(SnsMembers.Attributes);
        foreach (var (attribute, value) in SubscriptionAttributes.Describe(outcome.Value, subscription, replay.Value))
            call.Answer.Entry(attribute, value);
        call.Answer.EndMap();
        return null;
    }
}
