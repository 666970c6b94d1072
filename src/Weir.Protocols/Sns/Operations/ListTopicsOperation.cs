using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Lists the topics of the account in the region, a hundred at a time.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html
internal sealed class ListTopicsOperation : AwsOperation
{
    public override string Name => "ListTopics";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (Page.Read(call) is not { } after) return call.Fault;
        var outcome = await call.Backend.Topics.ListAsync(call.Identity.Account, call.Identity.Region);
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);
        Page.Write(call, SnsMembers.Topics, outcome.Value, after, topic => topic.Name.Name, topic =>
            call.Answer.Text(SnsMembers.TopicArn, TopicArn.Write(topic.Name)));
        return null;
    }
}
