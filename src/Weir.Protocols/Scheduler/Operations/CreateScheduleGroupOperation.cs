using Weir.Broker.Schedules;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler.Operations;

/// <summary>Creates a group of schedules.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateScheduleGroup.html
internal sealed class CreateScheduleGroupOperation : AwsOperation
{
    public override string Name => "CreateScheduleGroup";

    public override AwsRoute Route { get; } = new("POST", "/schedule-groups/{Name}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ScheduleInput.Group(call) is not { } name || ScheduleTags.Read(call) is not { } tags) return call.Fault;
        var token = ScheduleInput.Token(call);
        if (call.Fault is not null) return call.Fault;
        var outcome = await call.Backend.ScheduleGroups.CreateAsync(
            name, new ScheduleGroupConfig { Tags = tags, ClientToken = token });
        if (!outcome.IsOk) return ScheduleErrors.From(outcome.Fault);
        call.Answer.Text(ScheduleMembers.ScheduleGroupArn, ScheduleArn.Write(name));
        return null;
    }
}
