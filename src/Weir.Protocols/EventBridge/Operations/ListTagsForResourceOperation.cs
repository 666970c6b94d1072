using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Answers the tags of an event bus or a rule.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTagsForResource.html
internal sealed class ListTagsForResourceOperation : AwsOperation
{
    public override string Name => "ListTagsForResource";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Required(call, EventMembers.ResourceArn) is not { } arn) return call.Fault;
        var (tags, error) = await EventTags.FindAsync(call, arn);
        if (tags is null) return error;
        call.Answer.BeginList(EventMembers.Tags);
        foreach (var (key, value) in tags)
        {
            call.Answer.BeginItem();
            call.Answer.Text(EventMembers.Key, key);
            call.Answer.Text(EventMembers.Value, value);
            call.Answer.EndItem();
        }

        call.Answer.EndList();
        return null;
    }
}
