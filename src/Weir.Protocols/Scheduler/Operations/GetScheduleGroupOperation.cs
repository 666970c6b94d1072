using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler.Operations;

/// <summary>Answers what a group of schedules is like.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetScheduleGroup.html
internal sealed class GetScheduleGroupOperation : AwsOperation
{
    public override string Name => "GetScheduleGroup";

    public override AwsRoute Route { get; } = new("GET", "/schedule-groups/{Name}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ScheduleInput.Group(call) is not { } name) return call.Fault;
        var found = await call.Backend.ScheduleGroups.GetAsync(name);
        if (!found.IsOk) return ScheduleErrors.From(found.Fault);
        ScheduleAnswer.WriteGroup(call.Answer, name, found.Value);
        return null;
    }
}
