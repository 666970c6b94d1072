using System.Collections.Immutable;
using Weir.Broker.Schedules;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler;

/// <summary>The tags of groups; schedules have none.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_TagResource.html
internal static class ScheduleTags
{
    private const int TagsMax = 50;
    private const int ValueLengthMax = 256;

    /// <summary>The group that the path names by its ARN; null with the fault noted.</summary>
    public static ScheduleGroupName? Named(AwsCall call)
    {
        if (ScheduleInput.Text(call, call.Input, ScheduleMembers.ResourceArn) is not { } arn) return null;
        if (ScheduleArn.ParseGroup(arn) is { } name
            && (name.Account, name.Region) == (call.Identity.Account, call.Identity.Region))
            return name;
        call.Refuse(ScheduleErrors.Invalid($"{arn} is no ARN of a schedule group of this account and region."));
        return null;
    }

    /// <summary>The tags, or null with the fault noted in the call.</summary>
    public static ImmutableSortedDictionary<string, string>? Read(AwsCall call)
    {
        var tags = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        foreach (var item in call.Input[ScheduleMembers.Tags].Items())
        {
            var (key, value) = (item[ScheduleMembers.Key].Text(), item[ScheduleMembers.Value].Text());
            if (call.Fault is not null) return null;
            if (key is null || value is null) call.Refuse(ScheduleErrors.Invalid("A tag has a Key and a Value."));
            else if (TagReader.CheckKey(key) is { } wrong) call.Refuse(ScheduleErrors.Invalid(wrong.Message));
            else if (value.Length > ValueLengthMax)
                call.Refuse(ScheduleErrors.Invalid($"The value of tag {key} has over {ValueLengthMax} characters."));
            else if (tags.ContainsKey(key)) call.Refuse(ScheduleErrors.Invalid($"The tag {key} is there twice."));
            else tags = tags.Add(key, value);
            if (call.Fault is not null) return null;
        }

        if (call.Fault is null && tags.Count > TagsMax) call.Refuse(ScheduleErrors.From(TooMany));
        return call.Fault is null ? tags : null;
    }

    public static async ValueTask<AwsError?> EditAsync(
        AwsCall call, ScheduleGroupName name,
        Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> edit)
    {
        var outcome = await call.Backend.ScheduleGroups.TagAsync(name, present =>
        {
            var edited = edit(present);
            return edited.Count > TagsMax ? TooMany : edited;
        });
        return outcome.IsOk ? null : ScheduleErrors.From(outcome.Fault);
    }

    private static Fault TooMany { get; } = new(FaultCode.InFlightLimit, $"A resource has at most {TagsMax} tags.");
}
