using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler.Operations;

/// <summary>Puts a schedule in the place of one that is there: what is not said again has its default.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html
internal sealed class UpdateScheduleOperation : AwsOperation
{
    public override string Name => "UpdateSchedule";

    public override AwsRoute Route { get; } = new("PUT", "/schedules/{Name}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ScheduleInput.Name(call, ScheduleMembers.GroupName) is not { } name) return call.Fault;
        if (ScheduleInput.Schedule(call, name) is not { } begun) return call.Fault;
        var (config, error) = await TargetMessages.ResolveAsync(call, begun);
        if (config is null) return error;
        var outcome = await call.Backend.Schedules.UpdateAsync(name, config);
        if (!outcome.IsOk) return ScheduleErrors.From(outcome.Fault);
        call.Answer.Text(ScheduleMembers.ScheduleArn, config.Arn);
        return null;
    }
}
