using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Broker.Tenants;
using Weir.Protocols.Rest.Topology.Kinds;
using Weir.Protocols.Rest.Topology.Yaml;

namespace Weir.Protocols.Rest.Topology;

/// <summary>Writes what tenants have as a document that, applied, makes the same.</summary>
internal static class TopologyExport
{
    private const string Account = "account";

    /// <param name="accounts">Those without anything are left out, unless they are tenants.</param>
    /// <param name="withDefaults">With the quotas of all tenants that have none of their own.</param>
    public static async ValueTask<JsonObject> MakeAsync(
        TopologyRoad road, IEnumerable<string> accounts, bool withDefaults)
    {
        var document = new JsonObject { ["region"] = road.Region };
        if (withDefaults
            && await TopologyKinds.Quota.ReadAsync(road, QuotaDirectory.Default, null) is [var quotas])
        {
            var written = new JsonObject();
            AddSaid(written, quotas);
            document[TopologyDocument.DefaultQuotas] = written;
        }

        var tenants = new JsonArray();
        foreach (var account in accounts)
        {
            var items = await TopologyPlan.ReadAsync(road, account);
            if (road.Refusal is not null) break;
            var tenant = new JsonObject { [Account] = account };
            if (items.FirstOrDefault(item => item.Kind == TopologyKinds.Tenant) is { } found)
                AddSaid(tenant, found);
            AddParts(tenant, items, null);
            tenants.Add(tenant);
        }

        document["tenants"] = tenants;
        return document;
    }

    private static void AddParts(JsonObject owner, IReadOnlyList<TopologyItem> items, TopologyItem? parent)
    {
        foreach (var kind in TopologyKinds.In(parent?.Kind).Where(kind => kind != TopologyKinds.Tenant))
        {
            var list = new JsonArray();
            foreach (var item in items.Where(item => item.Kind == kind && ReferenceEquals(item.Parent, parent))
                .OrderBy(item => item.Name, StringComparer.Ordinal))
            {
                var written = kind.Named(item);
                var namesOnly = written.Count;
                AddSaid(written, item);
                kind.AddVariables(written, item.Name);
                AddParts(written, items, item);
                if (written.Count > namesOnly || !kind.IsStanding(item)) list.Add(written);
            }

            if (list.Count == 0) continue;
            if (kind != TopologyKinds.Quota) owner[kind.Section] = list;
            else
            {
                var quotas = list[0]!.AsObject();
                quotas.Remove("name");
                owner[kind.Section] = quotas.DeepClone();
            }
        }
    }

    private static void AddSaid(JsonObject written, TopologyItem item)
    {
        foreach (var (name, value) in TopologyPlan.Said(item)) written[name] = Loose(value);
    }

    /// <summary>The services' attributes are texts; a number in one is easier to read without quotes.</summary>
    private static JsonNode? Loose(JsonNode? value)
    {
        if (value is not JsonValue text || text.GetValueKind() != JsonValueKind.String) return value?.DeepClone();
        var plain = text.GetValue<string>();
        return plain is "true" or "false" || (YamlScalars.IsNumber(plain) && plain.All(char.IsAsciiDigit))
            ? JsonNode.Parse(plain)
            : value.DeepClone();
    }
}
