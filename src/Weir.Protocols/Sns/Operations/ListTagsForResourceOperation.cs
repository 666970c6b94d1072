using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Answers the tags of a topic.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_ListTagsForResource.html
internal sealed class ListTagsForResourceOperation : AwsOperation
{
    public override string Name => "ListTagsForResource";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call, SnsMembers.ResourceArn) is not { } topic) return call.Fault;
        var outcome = await call.Backend.Topics.GetAsync(topic);
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);
        call.Answer.BeginList(SnsMembers.Tags);
        foreach (var (key, value) in outcome.Value.Config.Tags)
        {
            call.Answer.BeginItem();
            call.Answer.Text(SnsMembers.Key, key);
            call.Answer.Text(SnsMembers.Value, value);
            call.Answer.EndItem();
        }

        call.Answer.EndList();
        return null;
    }
}
