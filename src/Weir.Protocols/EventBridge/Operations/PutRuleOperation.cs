using System.Text;
using Weir.Broker.Buses;
using Weir.Broker.Routing.Patterns;
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
        if (Check(pattern, schedule, state) is { } wrong) return wrong;
        var rule = new RuleConfig
        {
            Name = name,
            Arn = EventArn.Write(bus, name),
            Pattern = pattern!,
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

    private static AwsError? Check(string? pattern, string? schedule, string state)
    {
        if (!string.IsNullOrEmpty(schedule))
            return EventErrors.Unserved("ScheduleExpression", "it runs no schedules on rules yet.");
        if (string.IsNullOrEmpty(pattern))
            return EventErrors.Invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        if (state is not (RuleWriter.Enabled or RuleWriter.Disabled))
        {
            return state == "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
                ? EventErrors.Unserved(state, "it has no events of CloudTrail.")
                : EventErrors.Constraint(state, "state", "Member must satisfy enum value set: [ENABLED, DISABLED]");
        }

        var parsed = Pattern.Parse(Encoding.UTF8.GetBytes(pattern), PatternOptions.EventBridge);
        return parsed.IsOk ? null : EventErrors.InvalidPattern(parsed.Fault.Message);
    }
}
