using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Confirms a subscription by the token that its endpoint was sent. Queues need no
/// confirmation.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html
internal sealed class ConfirmSubscriptionOperation : AwsOperation
{
    public override string Name => "ConfirmSubscription";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call) is not { } topic) return call.Fault;
        if (TopicInput.RequiredText(call, SnsMembers.Token) is not { } token) return call.Fault;
        var outcome = await call.Backend.Topics.ConfirmAsync(topic, token);
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);
        if (outcome.Value is not { } subscription)
            return SnsErrors.Invalid("Token", "Invalid token: no subscription waits for confirmation by it");
        call.Answer.Text(SnsMembers.SubscriptionArn, TopicArn.Write(topic, subscription));
        return null;
    }
}
