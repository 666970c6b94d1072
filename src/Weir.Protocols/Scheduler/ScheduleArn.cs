using System.Buffers;
using Weir.Broker.Schedules;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler;

/// <summary>
/// ARNs of schedules, <c>arn:aws:scheduler:region:account:schedule/group/name</c>, and of groups:
/// <c>...:schedule-group/name</c>.
/// </summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
internal static class ScheduleArn
{
    private const int NameLengthMax = 64;
    private const string GroupPrefix = "schedule-group/";

    private static readonly SearchValues<char> InName =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static string Write(ScheduleName name) =>
        $"arn:aws:scheduler:{name.Group.Region}:{name.Group.Account}:schedule/{name.Group.Name}/{name.Name}";

    public static string Write(ScheduleGroupName name) =>
        $"arn:aws:scheduler:{name.Region}:{name.Account}:{GroupPrefix}{name.Name}";

    public static ScheduleGroupName? ParseGroup(string arn) =>
        Arn.Parse(arn, "scheduler") is { } found && found.Resource.StartsWith(GroupPrefix, StringComparison.Ordinal)
            && IsName(found.Resource[GroupPrefix.Length..])
            ? new ScheduleGroupName(found.Account, found.Region, found.Resource[GroupPrefix.Length..])
            : null;

    public static bool IsName(string text) =>
        text.Length is > 0 and <= NameLengthMax && !text.AsSpan().ContainsAnyExcept(InName);
}
