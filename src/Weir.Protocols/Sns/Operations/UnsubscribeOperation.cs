using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Ends a subscription; ending what is not there is no error.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html
internal sealed class UnsubscribeOperation : AwsOperation
{
    public override string Name => "Unsubscribe";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.ReadSubscription(call) is not { } subscription) return call.Fault;
        if (!call.Identity.IsSigned)
        {
            var found = await call.Backend.Topics.GetAsync(subscription.Topic);
            if (found.IsOk && found.Value.Find(subscription.Id) is { EndsSignedOnly: true })
                return SnsErrors.NotSigned("The subscription was confirmed with AuthenticateOnUnsubscribe.");
        }

        var outcome = await call.Backend.Topics.UnsubscribeAsync(subscription.Topic, subscription.Id);
        return outcome.IsOk ? null : SnsErrors.From(outcome.Fault);
    }
}
