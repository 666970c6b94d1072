using System.Text;
using Weir.Broker.Buses;
using Weir.Broker.Routing.Patterns;
using Weir.Broker.Schedules.Timing;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>
/// Puts a rule, or replaces the one that is there in all that is said here; its targets and tags stay.
/// </summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
internal sealed class PutRuleOperation : AwsOperation
{
    public override string Name => "PutRule";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Rule(call) is not { } name || EventInput.Bus(call) is not { } bus) return call.Fault;
        var pattern = call.Input[EventMembers.EventPattern].Text();
        var schedule = call.Input[EventMembers.ScheduleExpression].Text();
        var state = call.Input[EventMembers.State].Text() ?? RuleWriter.Enabled;
        var description = EventInput.Description(call);
        var role = call.Input[EventMembers.RoleArn].Text();
        if (EventTags.Read(call) is not { } tags) return call.Fault;
        if (Check(bus, pattern, schedule, state) is { } wrong) return wrong;
        var rule = new RuleConfig
        {
            Name = name,
            Arn = EventArn.Write(bus, name),
            Pattern = string.IsNullOrEmpty(pattern) ? null : pattern,
            Schedule = string.IsNullOrEmpty(schedule) ? null : schedule,
            IsDisabled = state == RuleWriter.Disabled,
            Description = description,
            RoleArn = role,
            CreatedBy = call.Identity.Account,
            Tags = tags,
        };
        var outcome = await call.Backend.Buses.PutRuleAsync(bus, name, present => present is null
            ? rule
            : rule with { CreatedBy = present.CreatedBy, Tags = present.Tags, Targets = present.Targets });
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        call.Answer.Text(EventMembers.RuleArn, rule.Arn);
        return null;
    }

    private static AwsError? Check(BusName bus, string? pattern, string? schedule, string state)
    {
        if (string.IsNullOrEmpty(pattern) && string.IsNullOrEmpty(schedule))
            return EventErrors.Invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        if (!string.IsNullOrEmpty(schedule) && CheckSchedule(bus, schedule) is { } wrong) return wrong;
        if (state is not (RuleWriter.Enabled or RuleWriter.Disabled))
        {
            return state == "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
                ? EventErrors.Unserved(state, "it has no events of CloudTrail.")
                : EventErrors.Constraint(state, "state", "Member must satisfy enum value set: [ENABLED, DISABLED]");
        }

        if (string.IsNullOrEmpty(pattern)) return null;
        var parsed = Pattern.Parse(Encoding.UTF8.GetBytes(pattern), PatternOptions.EventBridge);
        return parsed.IsOk ? null : EventErrors.InvalidPattern(parsed.Fault.Message);
    }

    /// <summary>A rule's schedule is a rate or a cron expression in UTC, on the default bus.</summary>
    private static AwsError? CheckSchedule(BusName bus, string schedule)
    {
        if (!bus.IsDefault)
            return EventErrors.Invalid("ScheduleExpression is supported only on the default event bus.");
        if (schedule.Length > ScheduleTiming.LengthMax)
        {
            return EventErrors.Constraint(schedule, EventMembers.ScheduleExpression.Name,
                $"Member must have length less than or equal to {ScheduleTiming.LengthMax}");
        }

        var timing = ScheduleTiming.Parse(schedule, ScheduleTiming.Utc);
        return timing.IsOk && !timing.Value.IsOnce
            ? null
            : EventErrors.Invalid("Parameter ScheduleExpression is not valid.");
    }
}
