using Weir.Broker.Schedules;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler.Operations;

/// <summary>Lists the schedules of a group, or of all groups, of the account in the region.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListSchedules.html
internal sealed class ListSchedulesOperation : AwsOperation
{
    public override string Name => "ListSchedules";

    public override AwsRoute Route { get; } = new("GET", "/schedules");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var input = call.Input;
        var prefix = input[ScheduleMembers.NamePrefix].Text() ?? "";
        var (group, state) = (input[ScheduleMembers.GroupOfListing].Text(), input[ScheduleMembers.State].Text());
        if (ScheduleInput.Page(call) is not { } page) return call.Fault;
        if (state is not (null or ScheduleAnswer.Enabled or ScheduleAnswer.Disabled))
            return ScheduleErrors.Invalid("State is ENABLED or DISABLED.");
        if (group is not null && ScheduleInput.GroupNamed(call, group) is null) return call.Fault;
        var listed = await call.Backend.Schedules.ListAsync(call.Identity.Account, call.Identity.Region, group);
        if (!listed.IsOk) return ScheduleErrors.From(listed.Fault);

        // What is on a page before this one is left out before it is read.
        var items = listed.Value
            .Where(item => string.CompareOrdinal(KeyOf(item.Name), page.After) > 0
                && item.Name.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(item => (item.Name, Config: item.Read()))
            .Where(item => state is null || item.Config.IsDisabled == (state == ScheduleAnswer.Disabled));
        page.Write(
            call.Answer, ScheduleMembers.Schedules, ScheduleMembers.NextToken, items, item => KeyOf(item.Name), item =>
            {
                call.Answer.BeginItem();
                ScheduleAnswer.WriteHead(call.Answer, item.Name, item.Config);
                call.Answer.BeginMap(ScheduleMembers.Target);
                call.Answer.Text(ScheduleMembers.Arn, item.Config.Target.Arn);
                call.Answer.EndMap();
                call.Answer.EndItem();
            });
        return null;
    }

    /// <summary>In the order of the listing: of no name a part comes after the end of another.</summary>
    private static string KeyOf(ScheduleName name) => $"{name.Group.Name}\0{name.Name}";
}
