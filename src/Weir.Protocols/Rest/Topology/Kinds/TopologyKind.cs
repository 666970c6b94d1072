using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>A kind of things that a document can have: what it says of them, and which operations do it.</summary>
internal abstract class TopologyKind
{
    /// <summary>As changes call one.</summary>
    public abstract string Name { get; }

    /// <summary>The member of the document that lists them.</summary>
    public abstract string Section { get; }

    /// <summary>What it is part of; null: of the tenant.</summary>
    public virtual TopologyKind? Parent => null;

    /// <summary>All members but those that name it, and sections of parts.</summary>
    public abstract Shape Shape { get; }

    /// <summary>The members that name it.</summary>
    public virtual IReadOnlyList<string> NameMembers { get; } = ["name"];

    /// <summary>True: what the file does not say of it is as by default, and not as it is.</summary>
    public virtual bool IsWhole => false;

    /// <summary>Members that no operation changes.</summary>
    public virtual IReadOnlyList<string> Fixed => [];

    /// <summary>What is not said, in the normal form.</summary>
    public virtual JsonObject DefaultsOf(TopologyItem item) => [];

    /// <summary>The name, of the members that name it, which all are texts; null: one is missing.</summary>
    public virtual string? NameOf(IReadOnlyDictionary<string, string> named) => named.GetValueOrDefault("name");

    /// <summary>The members that name it, as an export writes them.</summary>
    public virtual JsonObject Named(TopologyItem item) => new() { ["name"] = item.Name };

    /// <summary>True for what is always there, so that no file need say it.</summary>
    public virtual bool IsStanding(TopologyItem item) => false;

    /// <summary>The one that is there for one that is wanted, where names are not enough to tell.</summary>
    public virtual TopologyItem? Match(TopologyItem wanted, IEnumerable<TopologyItem> present) =>
        present.FirstOrDefault(item => item.Key == wanted.Key);

    /// <summary>Whether all that are not in the file go when the file is all there is to be.</summary>
    /// <param name="hasSection">The file says something of this kind for the tenant, be it an empty list.</param>
    public virtual bool IsPruned(TopologyItem item, bool hasSection, TopologyRoad road) => !IsStanding(item);

    /// <summary>What a secret of an exported thing is called, so that the export can be applied.</summary>
    public virtual void AddVariables(JsonObject exported, string name)
    {
    }

    public abstract ValueTask<IReadOnlyList<TopologyItem>> ReadAsync(
        TopologyRoad road, string account, TopologyItem? parent);

    public abstract ValueTask<JsonObject?> CreateAsync(TopologyRoad road, TopologyItem item);

    public abstract ValueTask UpdateAsync(TopologyRoad road, TopologyChange change);

    public abstract ValueTask DeleteAsync(TopologyRoad road, TopologyItem item);

    /// <summary>A thing that was read, from what the operations answered.</summary>
    protected TopologyItem Item(
        TopologyRoad road, string account, TopologyItem? parent, string name, JsonObject wire) => new(
            this, account, parent, name,
            ArnNames.Shorten(Shape, (JsonObject)Shape.FromWire(wire)!, account, road.Region));

    /// <summary>The members as operations take them.</summary>
    /// <param name="only">Null: all.</param>
    protected async ValueTask<JsonObject> WireAsync(
        TopologyRoad road, TopologyItem item, Func<string, bool>? only = null)
    {
        var members = only is null
            ? item.Members
            : new JsonObject(item.Members.Where(member => only(member.Key))
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        return (JsonObject)Shape.ToWire(await road.ExpandAsync(item.Account, Shape, members))!;
    }
}
