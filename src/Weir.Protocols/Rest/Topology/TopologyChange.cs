using System.Text.Json.Nodes;

namespace Weir.Protocols.Rest.Topology;

internal enum ChangeKind
{
    Same,
    Create,
    Update,
    Delete,
}

/// <summary>What one member is and what it is to be; null: nothing.</summary>
internal sealed record MemberChange(string Name, JsonNode? Old, JsonNode? New);

/// <summary>What has to be done to one thing.</summary>
/// <param name="Item">As it is wanted, or as it is where it is to go.</param>
/// <param name="Present">Null: there is none yet.</param>
internal sealed record TopologyChange(
    ChangeKind What, TopologyItem Item, TopologyItem? Present, IReadOnlyList<MemberChange> Members)
{
    public bool IsDone { get; set; }

    /// <summary>What came of it that nobody can ask for again: a key's id and secret.</summary>
    public JsonObject? Outcome { get; set; }
}
