using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Removes tags of an event bus or a rule.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UntagResource.html
internal sealed class UntagResourceOperation : AwsOperation
{
    public override string Name => "UntagResource";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Required(call, EventMembers.ResourceArn) is not { } arn) return call.Fault;
        var keys = new List<string>();
        foreach (var item in call.Input[EventMembers.TagKeys].Items())
        {
            if (item.Text() is { } key) keys.Add(key);
        }

        if (call.Fault is not null) return call.Fault;
        return await EventTags.EditAsync(call, arn, present => present.RemoveRange(keys));
    }
}
