using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler.Operations;

/// <summary>Answers what a schedule is like.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html
internal sealed class GetScheduleOperation : AwsOperation
{
    public override string Name => "GetSchedule";

    public override AwsRoute Route { get; } = new("GET", "/schedules/{Name}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ScheduleInput.Name(call, ScheduleMembers.GroupOfQuery) is not { } name) return call.Fault;
        var found = await call.Backend.Schedules.GetAsync(name);
        if (!found.IsOk) return ScheduleErrors.From(found.Fault);
        ScheduleAnswer.WriteHead(call.Answer, name, found.Value);
        ScheduleAnswer.WriteRest(call.Answer, found.Value);
        return null;
    }
}
