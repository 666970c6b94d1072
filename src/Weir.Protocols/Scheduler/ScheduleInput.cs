using Weir.Broker.Schedules;
using Weir.Broker.Schedules.Timing;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Scheduler;

/// <summary>Reads what requests say of schedules and groups; null with the fault noted in the call.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
internal static class ScheduleInput
{
    private const int DescriptionLengthMax = 512;
    private const int WindowMinutesMax = 1_440;
    private const int TokenLengthMax = 64;
    private const double SecondsMax = 253_000_000_000;

    /// <param name="group">Where the group stands, which is not the same everywhere.</param>
    public static ScheduleName? Name(AwsCall call, Member group)
    {
        var groupName = call.Input[group].Text() ?? ScheduleGroupName.Default;
        if (GroupNamed(call, groupName) is not { } found
            || Text(call, call.Input, ScheduleMembers.Name) is not { } name)
            return null;
        if (ScheduleArn.IsName(name)) return new ScheduleName(found, name);
        return Refuse<ScheduleName>(call, "The name of a schedule is of 1 to 64 letters, digits, '.', '-' and '_'.");
    }

    public static ScheduleGroupName? Group(AwsCall call) =>
        Text(call, call.Input, ScheduleMembers.Name) is { } name ? GroupNamed(call, name) : null;

    /// <summary>A text that must be there and not be empty.</summary>
    public static string? Text(AwsCall call, InputValue input, Member member)
    {
        var text = input[member].Text();
        if (call.Fault is not null) return null;
        return string.IsNullOrEmpty(text) ? Refuse<string>(call, $"{member.Name} is missing.") : text;
    }

    /// <summary>What makes a request the same one again; null also when there is none.</summary>
    public static string? Token(AwsCall call)
    {
        var token = call.Input[ScheduleMembers.ClientToken].Text();
        return token is { Length: 0 or > TokenLengthMax }
            ? Refuse<string>(call, $"ClientToken is of 1 to {TokenLengthMax} characters.")
            : token;
    }

    /// <summary>One page of a listing: at most a hundred items.</summary>
    public static ListPage? Page(AwsCall call)
    {
        const int itemsMax = 100;
        var limit = call.Input[ScheduleMembers.MaxResults].Integer() ?? itemsMax;
        var token = call.Input[ScheduleMembers.NextToken].Text();
        if (call.Fault is not null) return null;
        if (limit is < 1 or > itemsMax) call.Refuse(ScheduleErrors.Invalid($"MaxResults is from 1 to {itemsMax}."));
        else if (ListPage.Parse(token, limit) is { } page) return page;
        else call.Refuse(ScheduleErrors.Invalid("The NextToken is no token that a listing gave."));
        return null;
    }

    /// <summary>A whole schedule but for what its target leads to.</summary>
    public static ScheduleConfig? Schedule(AwsCall call, ScheduleName name)
    {
        var input = call.Input;
        if (Text(call, input, ScheduleMembers.ScheduleExpression) is not { } expression
            || WindowMinutes(call) is not { } window || TargetReader.Read(call) is not { } target)
            return null;
        var timezone = input[ScheduleMembers.Timezone].Text();
        var description = input[ScheduleMembers.Description].Text();
        var state = input[ScheduleMembers.State].Text();
        var action = input[ScheduleMembers.ActionAfterCompletion].Text();
        var (start, end) = (Time(call, ScheduleMembers.StartDate), Time(call, ScheduleMembers.EndDate));
        var (token, key) = (Token(call), input[ScheduleMembers.KmsKeyArn].Text());
        if (call.Fault is not null) return null;
        if (!string.IsNullOrEmpty(key))
        {
            call.Refuse(ScheduleErrors.Unserved("KmsKeyArn", "it encrypts nothing itself."));
            return null;
        }

        if (expression.Length > ScheduleTiming.LengthMax)
            return Wrong(call, $"ScheduleExpression is longer than {ScheduleTiming.LengthMax} characters.");
        if (description?.Length > DescriptionLengthMax)
            return Wrong(call, $"Description is longer than {DescriptionLengthMax} characters.");
        if (state is not (null or ScheduleAnswer.Enabled or ScheduleAnswer.Disabled))
            return Wrong(call, "State is ENABLED or DISABLED.");
        if (action is not (null or ScheduleAnswer.Keep or ScheduleAnswer.Delete))
            return Wrong(call, "ActionAfterCompletion is NONE or DELETE.");
        if (start > end) return Wrong(call, "The start date is after the end date.");
        var timing = ScheduleTiming.Parse(expression, timezone ?? ScheduleTiming.Utc);
        if (!timing.IsOk) return Wrong(call, timing.Fault.Message);
        return new ScheduleConfig
        {
            Arn = ScheduleArn.Write(name),
            Expression = expression,
            Timezone = timezone,
            StartUnixMs = start,
            EndUnixMs = end,
            WindowMinutes = window,
            IsDisabled = state == ScheduleAnswer.Disabled,
            IsDeletedAfterCompletion = action == ScheduleAnswer.Delete,
            Description = description,
            Target = target,
            Messages = [],
            ClientToken = token,
        };
    }

    private static int? WindowMinutes(AwsCall call)
    {
        var window = call.Input[ScheduleMembers.FlexibleTimeWindow];
        var mode = window.IsAbsent ? null : window[ScheduleMembers.Mode].Text();
        var minutes = window.IsAbsent ? null : window[ScheduleMembers.MaximumWindowInMinutes].Integer();
        if (call.Fault is not null) return null;
        switch (mode, minutes)
        {
            case ("OFF", null):
                return 0;
            case ("FLEXIBLE", >= 1 and <= WindowMinutesMax):
                return minutes;
            default:
                call.Refuse(ScheduleErrors.Invalid("FlexibleTimeWindow needs the mode OFF, or FLEXIBLE with "
                    + $"MaximumWindowInMinutes from 1 to {WindowMinutesMax}."));
                return null;
        }
    }

    private static long? Time(AwsCall call, Member member)
    {
        if (call.Input[member].Number() is not { } seconds) return null;
        if (seconds is >= 0 and < SecondsMax) return (long)(seconds * 1_000);
        call.Refuse(ScheduleErrors.Invalid($"{member.Name} is no time that a schedule can have."));
        return null;
    }

    public static ScheduleGroupName? GroupNamed(AwsCall call, string name)
    {
        if (call.Fault is not null) return null;
        return ScheduleArn.IsName(name)
            ? new ScheduleGroupName(call.Identity.Account, call.Identity.Region, name)
            : Refuse<ScheduleGroupName>(
                call, "The name of a schedule group is of 1 to 64 letters, digits, '.', '-' and '_'.");
    }

    private static ScheduleConfig? Wrong(AwsCall call, string message) => Refuse<ScheduleConfig>(call, message);

    private static T? Refuse<T>(AwsCall call, string message)
        where T : class
    {
        call.Refuse(ScheduleErrors.Invalid(message));
        return null;
    }
}
