using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>Schedules of a group, by the members of CreateSchedule.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
internal sealed class ScheduleKind : AwsKind
{
    private readonly TopologyKind _groups;

    public ScheduleKind(TopologyKind groups)
        : base("schedule", "schedules", "scheduler", "Schedule", Shape.Struct(
        [
            .. Shape.All(Shape.Text, "ScheduleExpression", "ScheduleExpressionTimezone", "State", "Description",
                "ActionAfterCompletion"),
            .. Shape.All(Shape.Number, "StartDate", "EndDate"),
            ("FlexibleTimeWindow", Shape.Struct(
                ("Mode", Shape.Text), ("MaximumWindowInMinutes", Shape.Number))),
            ("Target", Shape.Struct(
            [
                .. Shape.Arn("Arn", "", ArnNames.Targets), .. Shape.All(Shape.Text, "RoleArn", "Input"),
                ("SqsParameters", TargetKind.Group), ("DeadLetterConfig", TargetKind.DeadLetters),
                ("RetryPolicy", TargetKind.Retry),
                ("EventBridgeParameters", Shape.Struct(Shape.All(Shape.Text, "DetailType", "Source"))),
            ]) with
            {
                Required = ["Arn", "RoleArn"],
            }),
        ]) with
        {
            Required = ["ScheduleExpression", "FlexibleTimeWindow", "Target"],
        })
    {
        _groups = groups;
        Read = "Get";
        IsReplaced = true;
        Defaults = new JsonObject
        {
            ["ScheduleExpressionTimezone"] = "UTC", ["State"] = "ENABLED", ["ActionAfterCompletion"] = "NONE",
        };
    }

    public override TopologyKind Parent => _groups;

    protected override JsonObject ListInput(TopologyItem? parent) => new() { ["ScheduleGroup"] = parent!.Name };

    protected override JsonObject Key(string found, TopologyItem? parent) => new()
    {
        ["Name"] = found, ["GroupName"] = parent!.Name,
    };

    protected override JsonObject ReadKey(string found, TopologyItem? parent) => new()
    {
        ["Name"] = found, ["groupName"] = parent!.Name,
    };

    /// <summary>How often and how long a target is tried is answered even where nobody said it.</summary>
    protected override JsonObject Shown(JsonObject wire)
    {
        if (wire["Target"]?["RetryPolicy"] is not JsonObject retry) return wire;
        if (retry["MaximumEventAgeInSeconds"]?.GetValue<long>() == AgeDefault) retry.Remove("MaximumEventAgeInSeconds");
        if (retry["MaximumRetryAttempts"]?.GetValue<long>() == RetriesDefault) retry.Remove("MaximumRetryAttempts");
        if (retry.Count == 0) wire["Target"]!.AsObject().Remove("RetryPolicy");
        return wire;
    }

    // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html
    private const long AgeDefault = 86_400;
    private const long RetriesDefault = 185;
}
