using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>Event buses, by the members of CreateEventBus, and their policies.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html
internal sealed class BusKind : AwsKind
{
    private const string Policy = "Policy";

    public BusKind()
        : base("bus", "buses", "events", "EventBus", Shape.Struct(
            ("Description", Shape.Text), ("DeadLetterConfig", Shape.Struct(Shape.Arn("Arn", "", ArnNames.Queue))),
            (Policy, Shape.Document), (TagCalls.Member, Shape.TextMap)))
    {
        List = "ListEventBuses";
        ListMember = "EventBuses";
        Tags = TagCalls.Events;
        Standing = "default";
        Defaults = new JsonObject
        {
            ["Description"] = "", ["DeadLetterConfig"] = new JsonObject(), [TagCalls.Member] = new JsonObject(),
            [Policy] = "",
        };
    }

    public override async ValueTask<JsonObject?> CreateAsync(TopologyRoad road, TopologyItem item)
    {
        await base.CreateAsync(road, item);
        if (item.Members[Policy] is { } policy) await SetPolicyAsync(road, item, policy);
        return null;
    }

    public override async ValueTask UpdateAsync(TopologyRoad road, TopologyChange change)
    {
        if (change.Members.FirstOrDefault(member => member.Name == Policy) is { New: { } policy })
            await SetPolicyAsync(road, change.Item, policy);
        if (change.Members.All(member => member.Name == Policy)) return;
        await base.UpdateAsync(road, change);
    }

    protected override async ValueTask<JsonObject> InputAsync(TopologyRoad road, TopologyItem item)
    {
        var input = await base.InputAsync(road, item);
        input.Remove(Policy);
        return input;
    }

    private async ValueTask SetPolicyAsync(TopologyRoad road, TopologyItem item, JsonNode policy)
    {
        var text = Shape.Members[Policy].ToWire(policy)!.ToString();
        if (text.Length == 0)
        {
            await road.CallAsync(item.Account, "events", "RemovePermission", new JsonObject
            {
                ["EventBusName"] = item.Name, ["RemoveAllPermissions"] = true,
            });
            return;
        }

        await road.CallAsync(item.Account, "events", "PutPermission", new JsonObject
        {
            ["EventBusName"] = item.Name, [Policy] = text,
        });
    }
}
