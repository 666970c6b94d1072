using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Lists the subscriptions of a topic, a hundred at a time.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
internal sealed class ListSubscriptionsByTopicOperation : AwsOperation
{
    public override string Name => "ListSubscriptionsByTopic";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call) is not { } name || Page.Read(call) is not { } after) return call.Fault;
        var outcome = await call.Backend.Topics.GetAsync(name);
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);
        SubscriptionPage.Write(call, [outcome.Value], after);
        return null;
    }
}
