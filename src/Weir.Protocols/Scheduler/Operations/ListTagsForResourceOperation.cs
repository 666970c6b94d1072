using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler.Operations;

/// <summary>Lists the tags of a group.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListTagsForResource.html
internal sealed class ListTagsForResourceOperation : AwsOperation
{
    public override string Name => "ListTagsForResource";

    public override AwsRoute Route { get; } = new("GET", "/tags/{ResourceArn}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ScheduleTags.Named(call) is not { } name) return call.Fault;
        var found = await call.Backend.ScheduleGroups.GetAsync(name);
        if (!found.IsOk) return ScheduleErrors.From(found.Fault);
        call.Answer.BeginList(ScheduleMembers.Tags);
        foreach (var (key, value) in found.Value.Tags)
        {
            call.Answer.BeginItem();
            call.Answer.Text(ScheduleMembers.Key, key);
            call.Answer.Text(ScheduleMembers.Value, value);
            call.Answer.EndItem();
        }

        call.Answer.EndList();
        return null;
    }
}
