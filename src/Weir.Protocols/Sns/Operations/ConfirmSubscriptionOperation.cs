using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Confirms a subscription by the token that its endpoint was sent. Queues need no confirmation.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html
internal sealed class ConfirmSubscriptionOperation : AwsOperation
{
    public override string Name => "ConfirmSubscription";

    public override ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call) is null || TopicInput.RequiredText(call, SnsMembers.Token) is null)
            return new(call.Fault);

        // No token was ever sent: what Weir delivers to is confirmed when it subscribes.
        return new(SnsErrors.Invalid("Token", "Invalid token: no subscription waits for confirmation"));
    }
}
