using System.Text.Json.Nodes;
using Weir.Broker.Tenants;
using Weir.Protocols.Rest.Operations;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>The tenant itself.</summary>
internal sealed class TenantKind : TopologyKind
{
    public override string Name => "tenant";

    public override string Section => "tenants";

    public override Shape Shape { get; } = Shape.Struct(
        ("name", Shape.Text), ("suspended", Shape.Flag), ("placement", Shape.Text));

    public override JsonObject DefaultsOf(TopologyItem item) => new()
    {
        ["name"] = "", ["suspended"] = false, ["placement"] = "pool",
    };

    /// <summary>Tenants are deleted by their own operation only.</summary>
    public override bool IsPruned(TopologyItem item, bool hasSection, TopologyRoad road) => false;

    public override async ValueTask<IReadOnlyList<TopologyItem>> ReadAsync(
        TopologyRoad road, string account, TopologyItem? parent)
    {
        var answer = await road.RestAsync(account, new ListTenantsOperation());
        var tenants = answer["tenants"] as JsonArray ?? [];
        var found = tenants.FirstOrDefault(tenant => tenant!["account"]!.ToString() == account);
        if (found is not null) return [Item(road, account, null, account, found.AsObject())];
        // The operators' own account is a tenant without being made one.
        return account == AccessKey.AnyAccount ? [Item(road, account, null, account, [])] : [];
    }

    public override async ValueTask<JsonObject?> CreateAsync(TopologyRoad road, TopologyItem item)
    {
        await road.RestAsync(item.Account, new PutTenantOperation(), item.Account, item.Members);
        return null;
    }

    public override async ValueTask UpdateAsync(TopologyRoad road, TopologyChange change) =>
        await CreateAsync(road, change.Item);

    public override async ValueTask DeleteAsync(TopologyRoad road, TopologyItem item) =>
        await road.RestAsync(item.Account, new DeleteTenantOperation(), item.Account);
}
