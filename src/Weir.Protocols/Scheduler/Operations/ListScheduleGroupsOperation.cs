using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler.Operations;

/// <summary>Lists the groups of the account in the region, the default one among them.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListScheduleGroups.html
internal sealed class ListScheduleGroupsOperation : AwsOperation
{
    public override string Name => "ListScheduleGroups";

    public override AwsRoute Route { get; } = new("GET", "/schedule-groups");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var prefix = call.Input[ScheduleMembers.NamePrefix].Text() ?? "";
        if (ScheduleInput.Page(call) is not { } page) return call.Fault;
        var listed = await call.Backend.ScheduleGroups.ListAsync(call.Identity.Account, call.Identity.Region);
        if (!listed.IsOk) return ScheduleErrors.From(listed.Fault);
        var groups = listed.Value.Where(group => group.Name.Name.StartsWith(prefix, StringComparison.Ordinal));
        page.Write(
            call.Answer, ScheduleMembers.ScheduleGroups, ScheduleMembers.NextToken, groups, group => group.Name.Name,
            group =>
            {
                call.Answer.BeginItem();
                ScheduleAnswer.WriteGroup(call.Answer, group.Name, group.Config);
                call.Answer.EndItem();
            });
        return null;
    }
}
