using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler.Operations;

/// <summary>Deletes a schedule, which fires no more.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_DeleteSchedule.html
internal sealed class DeleteScheduleOperation : AwsOperation
{
    public override string Name => "DeleteSchedule";

    public override AwsRoute Route { get; } = new("DELETE", "/schedules/{Name}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ScheduleInput.Name(call, ScheduleMembers.GroupOfQuery) is not { } name) return call.Fault;
        var outcome = await call.Backend.Schedules.DeleteAsync(name);
        return outcome.IsOk ? null : ScheduleErrors.From(outcome.Fault);
    }
}
