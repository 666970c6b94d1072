using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>Targets of a rule, by the members of PutTargets.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
internal sealed class TargetKind(RuleKind rules) : TopologyKind
{
    private const string Service = "events";

    public static readonly Shape Retry =
        Shape.Struct(Shape.All(Shape.Number, "MaximumEventAgeInSeconds", "MaximumRetryAttempts"));

    public static readonly Shape Group = Shape.Struct(Shape.All(Shape.Text, "MessageGroupId"));

    public static readonly Shape DeadLetters = Shape.Struct(Shape.Arn("Arn", "", ArnNames.Queue)) with
    {
        Required = ["Arn"],
    };

    public static readonly Shape Http = Shape.Struct(
        ("PathParameterValues", Shape.ListOf(Shape.Text)), ("HeaderParameters", Shape.TextMap),
        ("QueryStringParameters", Shape.TextMap));

    public override string Name => "target";

    public override string Section => "targets";

    public override TopologyKind Parent => rules;

    public override bool IsWhole => true;

    public override IReadOnlyList<string> NameMembers { get; } = ["Id"];

    public override Shape Shape { get; } = Shape.Struct(
    [
        .. Shape.Arn("Arn", "", ArnNames.Targets),
        .. Shape.All(Shape.Text, "RoleArn", "Input", "InputPath"),
        ("InputTransformer", Shape.Struct(("InputPathsMap", Shape.TextMap), ("InputTemplate", Shape.Text))),
        ("HttpParameters", Http),
        ("SqsParameters", Group),
        ("DeadLetterConfig", DeadLetters),
        ("RetryPolicy", Retry),
    ]) with
    {
        Required = ["Arn"],
    };

    public override string? NameOf(IReadOnlyDictionary<string, string> named) => named.GetValueOrDefault("Id");

    public override JsonObject Named(TopologyItem item) => new() { ["Id"] = item.Name };

    public override async ValueTask<IReadOnlyList<TopologyItem>> ReadAsync(
        TopologyRoad road, string account, TopologyItem? parent)
    {
        var targets = await road.ListAsync(account, Service, "ListTargetsByRule", "Targets", Rule(parent!));
        return [.. targets.Select(target => Item(
            road, account, parent, target["Id"]!.ToString(), target.AsObject()))];
    }

    public override async ValueTask<JsonObject?> CreateAsync(TopologyRoad road, TopologyItem item)
    {
        var target = await WireAsync(road, item);
        target["Id"] = item.Name;
        var input = Rule(item.Parent!);
        input["Targets"] = new JsonArray(target);
        Check(road, await road.CallAsync(item.Account, Service, "PutTargets", input));
        return null;
    }

    public override async ValueTask UpdateAsync(TopologyRoad road, TopologyChange change) =>
        await CreateAsync(road, change.Item);

    public override async ValueTask DeleteAsync(TopologyRoad road, TopologyItem item)
    {
        var input = Rule(item.Parent!);
        input["Ids"] = new JsonArray(item.Name);
        Check(road, await road.CallAsync(item.Account, Service, "RemoveTargets", input));
    }

    private static JsonObject Rule(TopologyItem rule) => new()
    {
        ["Rule"] = rule.Name, ["EventBusName"] = rule.Parent!.Name,
    };

    private static void Check(TopologyRoad road, JsonObject answer)
    {
        if (answer["FailedEntries"] is JsonArray { Count: > 0 } failed)
            road.Refuse($"{failed[0]!["ErrorCode"]}: {failed[0]!["ErrorMessage"]}");
    }
}
