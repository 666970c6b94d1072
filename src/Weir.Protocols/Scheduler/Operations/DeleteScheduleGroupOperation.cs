using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler.Operations;

/// <summary>Deletes a group with all its schedules, at once.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_DeleteScheduleGroup.html
internal sealed class DeleteScheduleGroupOperation : AwsOperation
{
    public override string Name => "DeleteScheduleGroup";

    public override AwsRoute Route { get; } = new("DELETE", "/schedule-groups/{Name}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ScheduleInput.Group(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.ScheduleGroups.DeleteAsync(name);
        return outcome.IsOk ? null : ScheduleErrors.From(outcome.Fault);
    }
}
