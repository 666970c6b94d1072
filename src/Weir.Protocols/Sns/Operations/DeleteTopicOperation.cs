using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Deletes a topic with its subscriptions; deleting what is not there is no error.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html
internal sealed class DeleteTopicOperation : AwsOperation
{
    public override string Name => "DeleteTopic";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call) is not { } topic) return call.Fault;
        var outcome = await call.Backend.Topics.DeleteAsync(topic);
        return outcome.IsOk ? null : SnsErrors.From(outcome.Fault);
    }
}
