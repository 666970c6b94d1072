using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Kinds;
using Weir.Protocols.Rest.Topology.Yaml;

namespace Weir.Protocols.Rest.Topology;

/// <summary>A thing of a tenant, as it is or as it is wanted, in the normal form.</summary>
/// <param name="Parent">What it is part of: a rule's bus; null: nothing.</param>
/// <param name="Name">Tells it from others of its kind in the same parent.</param>
/// <param name="Members">What it is like, without its name.</param>
internal sealed record TopologyItem(
    TopologyKind Kind, string Account, TopologyItem? Parent, string Name, JsonObject Members)
{
    /// <summary>Where the document says it; null: it was read from the server.</summary>
    public YamlNode? At { get; init; }

    /// <summary>How the operations name it, where its name is not enough.</summary>
    public string Handle { get; init; } = "";

    /// <summary>What would be lost with it.</summary>
    public long Messages { get; init; }

    /// <summary>True: nobody can tell what it is like, so it counts as what is wanted.</summary>
    public bool IsOpaque { get; init; }

    public string Path => Parent is null ? Name : $"{Parent.Path}/{Name}";

    public (string Kind, string Account, string Path) Key => (Kind.Name, Account, Path);

    public override string ToString() => $"{Kind.Name} {Path} of {Account}";
}
