using System.Text.Json.Nodes;
using Weir.Broker.Tenants;
using Weir.Protocols.Rest.Admin;
using Weir.Protocols.Rest.Operations;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>
/// The quotas of a tenant, or of all that have none of their own (the account is <see cref="QuotaDirectory.Default"/>).
/// Which there are is what the admin API reads.
/// </summary>
internal sealed class QuotaKind : TopologyKind
{
    public override string Name => "quotas";

    public override string Section => "quotas";

    public override bool IsWhole => true;

    public override Shape Shape { get; } = Shape.Struct(Shape.All(
        Shape.Number, [.. AdminJson.Default.QuotaInput.Properties.Select(property => property.Name)]));

    public override bool IsPruned(TopologyItem item, bool hasSection, TopologyRoad road) => hasSection;

    public override async ValueTask<IReadOnlyList<TopologyItem>> ReadAsync(
        TopologyRoad road, string account, TopologyItem? parent)
    {
        var answer = await road.RestAsync(AccessKey.AnyAccount, new ListQuotasOperation());
        return [.. (answer["quotas"] as JsonArray ?? [])
            .Where(quotas => quotas!["name"]!.ToString() == account)
            .Select(quotas => Item(road, account, null, account, quotas!.AsObject()))];
    }

    public override async ValueTask<JsonObject?> CreateAsync(TopologyRoad road, TopologyItem item)
    {
        await road.RestAsync(AccessKey.AnyAccount, new PutQuotaOperation(), item.Account, item.Members);
        return null;
    }

    public override async ValueTask UpdateAsync(TopologyRoad road, TopologyChange change) =>
        await CreateAsync(road, change.Item);

    public override async ValueTask DeleteAsync(TopologyRoad road, TopologyItem item) =>
        await road.RestAsync(AccessKey.AnyAccount, new DeleteQuotaOperation(), item.Account);
}
