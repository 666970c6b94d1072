using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler.Operations;

/// <summary>Creates a schedule, which is due from now on unless it is disabled.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
internal sealed class CreateScheduleOperation : AwsOperation
{
    public override string Name => "CreateSchedule";

    public override AwsRoute Route { get; } = new("POST", "/schedules/{Name}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ScheduleInput.Name(call, ScheduleMembers.GroupName) is not { } name) return call.Fault;
        if (ScheduleInput.Schedule(call, name) is not { } begun) return call.Fault;
        var (config, error) = await TargetMessages.ResolveAsync(call, begun);
        if (config is null) return error;
        var outcome = await call.Backend.Schedules.CreateAsync(name, config);
        if (!outcome.IsOk) return ScheduleErrors.From(outcome.Fault);
        call.Answer.Text(ScheduleMembers.ScheduleArn, config.Arn);
        return null;
    }
}
