using Weir.Broker.Tenants;
using Weir.Protocols.Rest.Topology.Kinds;

namespace Weir.Protocols.Rest.Topology;

/// <summary>What a file wants, item by item, each behind what it is part of.</summary>
/// <param name="Sections">Which kinds the file says something of, for each tenant.</param>
internal sealed record TopologyDocument(
    string Region, bool IsPruning, IReadOnlyList<string> Accounts, IReadOnlyList<TopologyItem> Items,
    IReadOnlySet<(string Account, string Kind)> Sections)
{
    /// <summary>The member with the quotas of all tenants that have none of their own.</summary>
    public const string DefaultQuotas = "defaultQuotas";

    public bool HasDefaultQuotas => Sections.Contains((QuotaDirectory.Default, TopologyKinds.Quota.Name));
}
