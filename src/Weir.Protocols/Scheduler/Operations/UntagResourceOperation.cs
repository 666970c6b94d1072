using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler.Operations;

/// <summary>Removes tags of a group.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UntagResource.html
internal sealed class UntagResourceOperation : AwsOperation
{
    public override string Name => "UntagResource";

    public override AwsRoute Route { get; } = new("DELETE", "/tags/{ResourceArn}") { QueryLists = ["TagKeys"] };

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ScheduleTags.Named(call) is not { } name) return call.Fault;
        var keys = new List<string>();
        foreach (var item in call.Input[ScheduleMembers.TagKeys].Items())
        {
            if (item.Text() is { } key) keys.Add(key);
        }

        if (call.Fault is not null) return call.Fault;
        return await ScheduleTags.EditAsync(call, name, present => present.RemoveRange(keys));
    }
}
