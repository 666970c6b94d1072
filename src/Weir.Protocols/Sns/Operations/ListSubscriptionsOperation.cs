using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Lists the subscriptions of the account in the region, a hundred at a time.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html
internal sealed class ListSubscriptionsOperation : AwsOperation
{
    public override string Name => "ListSubscriptions";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (Page.Read(call) is not { } after) return call.Fault;
        var outcome = await call.Backend.Topics.ListAsync(call.Identity.Account, call.Identity.Region);
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);
        SubscriptionPage.Write(call, outcome.Value, after);
        return null;
    }
}
