using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Sets tags of an event bus or a rule.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TagResource.html
internal sealed class TagResourceOperation : AwsOperation
{
    public override string Name => "TagResource";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Required(call, EventMembers.ResourceArn) is not { } arn) return call.Fault;
        if (EventTags.Read(call) is not { } tags) return call.Fault;
        return await EventTags.EditAsync(call, arn, present => present.SetItems(tags));
    }
}
