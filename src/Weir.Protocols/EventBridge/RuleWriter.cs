using Weir.Broker.Buses;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>Writes a rule as DescribeRule and ListRules answer it.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Rule.html
internal static class RuleWriter
{
    public const string Enabled = "ENABLED";
    public const string Disabled = "DISABLED";

    public static void Write(AwsCall call, BusName bus, RuleConfig rule)
    {
        call.Answer.Text(EventMembers.Name, rule.Name);
        call.Answer.Text(EventMembers.Arn, rule.Arn);
        if (rule.Pattern is { } pattern) call.Answer.Text(EventMembers.EventPattern, pattern);
        if (rule.Schedule is { } schedule) call.Answer.Text(EventMembers.ScheduleExpression, schedule);
        call.Answer.Text(EventMembers.State, rule.IsDisabled ? Disabled : Enabled);
        if (rule.Description is { } description) call.Answer.Text(EventMembers.Description, description);
        if (rule.RoleArn is { } role) call.Answer.Text(EventMembers.RoleArn, role);
        call.Answer.Text(EventMembers.EventBusName, bus.Name);
    }
}
