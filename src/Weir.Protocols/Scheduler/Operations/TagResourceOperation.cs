using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler.Operations;

/// <summary>Sets tags of a group.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_TagResource.html
internal sealed class TagResourceOperation : AwsOperation
{
    public override string Name => "TagResource";

    public override AwsRoute Route { get; } = new("POST", "/tags/{ResourceArn}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ScheduleTags.Named(call) is not { } name || ScheduleTags.Read(call) is not { } tags) return call.Fault;
        return await ScheduleTags.EditAsync(call, name, present => present.SetItems(tags));
    }
}
