using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>What a service creates, updates, describes and lists by its name, each with one operation.</summary>
internal class AwsKind(string name, string section, string service, string noun, Shape shape) : TopologyKind
{
    public override string Name => name;

    public override string Section => section;

    public override Shape Shape => shape;

    public override IReadOnlyList<string> Fixed => FixedMembers;

    public override bool IsWhole => IsReplaced;

    public IReadOnlyList<string> FixedMembers { get; init; } = [];

    /// <summary>An update says all of it, and what it leaves out is as by default.</summary>
    public bool IsReplaced { get; init; }

    /// <summary>What the operations call its name.</summary>
    public string NameMember { get; init; } = "Name";

    public string Read { get; init; } = "Describe";

    public string List { get; init; } = $"List{noun}s";

    public string ListMember { get; init; } = $"{noun}s";

    public TagCalls? Tags { get; init; }

    public JsonObject Defaults { get; init; } = [];

    /// <summary>There is always one of this name.</summary>
    public string? Standing { get; init; }

    /// <summary>What the answers call the ARN that its tags hang on.</summary>
    public string ArnMember { get; init; } = "Arn";

    /// <summary>What of it counts as messages, which are not deleted unless it is said.</summary>
    public string? Count { get; init; }

    public override JsonObject DefaultsOf(TopologyItem item) => Defaults;

    public override bool IsStanding(TopologyItem item) => item.Name == Standing;

    public override async ValueTask<IReadOnlyList<TopologyItem>> ReadAsync(
        TopologyRoad road, string account, TopologyItem? parent)
    {
        var items = new List<TopologyItem>();
        foreach (var listed in await road.ListAsync(account, service, List, ListMember, ListInput(parent)))
        {
            if (!IsIn(listed, parent, road)) continue;
            var found = listed[NameMember]!.ToString();
            var wire = await road.CallAsync(account, service, Read + noun, ReadKey(found, parent));
            if (Tags is { } tags && wire[ArnMember] is { } arn)
                await tags.ReadAsync(road, account, arn.ToString(), wire);
            items.Add(Item(road, account, parent, found, Shown(wire)) with
            {
                Handle = wire[ArnMember]?.ToString() ?? "",
                Messages = Count is null ? 0 : wire[Count]?.GetValue<long>() ?? 0,
            });
        }

        return items;
    }

    public override async ValueTask<JsonObject?> CreateAsync(TopologyRoad road, TopologyItem item)
    {
        var input = await InputAsync(road, item);
        await road.CallAsync(item.Account, service, $"Create{noun}", input);
        return null;
    }

    public override async ValueTask UpdateAsync(TopologyRoad road, TopologyChange change)
    {
        if (Tags is { } tags) await tags.UpdateAsync(road, change, change.Present!.Handle);
        if (change.Members.All(member => member.Name == TagCalls.Member)) return;
        var input = await InputAsync(road, change.Item);
        input.Remove(TagCalls.Member);
        foreach (var member in FixedMembers) input.Remove(member);
        await road.CallAsync(change.Item.Account, service, $"Update{noun}", input);
    }

    public override async ValueTask DeleteAsync(TopologyRoad road, TopologyItem item) =>
        await road.CallAsync(item.Account, service, $"Delete{noun}", ReadKey(item.Name, item.Parent));

    protected virtual JsonObject ListInput(TopologyItem? parent) => [];

    protected virtual bool IsIn(JsonNode listed, TopologyItem? parent, TopologyRoad road) => true;

    protected virtual JsonObject Key(string found, TopologyItem? parent) => new() { [NameMember] = found };

    /// <summary>As reading and deleting name it.</summary>
    protected virtual JsonObject ReadKey(string found, TopologyItem? parent) => Key(found, parent);

    /// <summary>What a description says, as a creation would say it.</summary>
    protected virtual JsonObject Shown(JsonObject wire) => wire;

    protected virtual async ValueTask<JsonObject> InputAsync(TopologyRoad road, TopologyItem item)
    {
        var input = await WireAsync(road, item);
        foreach (var (member, value) in Key(item.Name, item.Parent)) input[member] = value!.DeepClone();
        if (Tags is { } tags && input[TagCalls.Member] is JsonObject map) input[TagCalls.Member] = tags.Write(map);
        return input;
    }
}
