using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>Rules of a bus, by the members of PutRule.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
internal sealed class RuleKind : AwsKind
{
    private readonly TopologyKind _buses;

    public RuleKind(TopologyKind buses)
        : base("rule", "rules", "events", "Rule", Shape.Struct(
        [
            ("EventPattern", Shape.Document),
            .. Shape.All(Shape.Text, "ScheduleExpression", "State", "Description", "RoleArn"),
            (TagCalls.Member, Shape.TextMap),
        ]))
    {
        _buses = buses;
        Tags = TagCalls.Events;
    }

    public override TopologyKind Parent => _buses;

    public override bool IsWhole => true;

    public override JsonObject DefaultsOf(TopologyItem item) => new()
    {
        ["State"] = "ENABLED", [TagCalls.Member] = new JsonObject(),
    };

    public override async ValueTask<JsonObject?> CreateAsync(TopologyRoad road, TopologyItem item)
    {
        await road.CallAsync(item.Account, "events", "PutRule", await InputAsync(road, item));
        return null;
    }

    public override async ValueTask UpdateAsync(TopologyRoad road, TopologyChange change)
    {
        await TagCalls.Events.UpdateAsync(road, change, change.Present!.Handle);
        await CreateAsync(road, change.Item);
    }

    protected override JsonObject ListInput(TopologyItem? parent) => new() { ["EventBusName"] = parent!.Name };

    protected override JsonObject Key(string found, TopologyItem? parent) => new()
    {
        ["Name"] = found, ["EventBusName"] = parent!.Name,
    };
}
