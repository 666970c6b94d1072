using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Sns.Attributes;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Sets one attribute of a subscription.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html
internal sealed class SetSubscriptionAttributesOperation : AwsOperation
{
    public override string Name => "SetSubscriptionAttributes";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.ReadSubscription(call) is not { } wanted) return call.Fault;
        if (TopicInput.RequiredText(call, SnsMembers.AttributeName) is not { } attribute) return call.Fault;
        var value = call.Input[SnsMembers.AttributeValue].Text() ?? "";
        if (call.Fault is not null) return call.Fault;
        AwsError? wrong = null;
        var startsReplay = attribute == SubscriptionAttributes.ReplayPolicy;
        var outcome = await call.Backend.Topics.ConfigureAsync(wanted.Topic, wanted.Id, config =>
        {
            var (edited, error) = SubscriptionAttributes.Set(config, wanted.Topic, attribute, value);
            wrong = error ?? SubscriptionAttributes.Check(edited!);
            return wrong is null ? new Outcome<SubscriptionConfig>(edited!) : new Fault(FaultCode.InvalidValue, "");
        }, startsReplay);
        if (startsReplay) call.Backend.OnReplaysChanged?.Invoke();
        return wrong ?? (outcome.IsOk ? null : SnsErrors.From(outcome.Fault));
    }
}
