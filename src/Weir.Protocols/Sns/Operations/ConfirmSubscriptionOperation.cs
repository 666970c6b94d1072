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
        var signedOnly = call.Input[SnsMembers.AuthenticateOnUnsubscribe].Text();
        if (call.Fault is not null) return call.Fault;
        if (signedOnly is not (null or "" or "true" or "false"))
            return SnsErrors.Invalid("AuthenticateOnUnsubscribe", "must be true or false");
        if (signedOnly == "true" && !call.Identity.IsSigned)
            return SnsErrors.NotSigned("AuthenticateOnUnsubscribe needs a signed request.");
        var outcome = await call.Backend.Topics.ConfirmAsync(topic, token, signedOnly == "true");
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);
        if (outcome.Value is not { } subscription)
            return SnsErrors.Invalid("Token", "Invalid token: no subscription waits for confirmation by it");
        call.Answer.Text(SnsMembers.SubscriptionArn, TopicArn.Write(topic, subscription));
        return null;
    }
}
