using System.Text.Json.Nodes;
using Weir.Broker.Tenants;
using Weir.Protocols.Rest.Topology.Kinds;

namespace Weir.Protocols.Rest.Topology;

/// <summary>The difference between what is and what is wanted, in the order in which it is to be done.</summary>
internal static class TopologyPlan
{
    /// <summary>Null with the refusal noted: the difference is one that may not, or cannot, be made.</summary>
    /// <param name="withMessages">What has messages in it may go, too.</param>
    public static async ValueTask<IReadOnlyList<TopologyChange>> MakeAsync(
        TopologyRoad road, TopologyDocument document, bool isPruning, bool withMessages)
    {
        road.MayDropMessages = withMessages;
        var present = new List<TopologyItem>();
        if (document.HasDefaultQuotas)
            present.AddRange(await TopologyKinds.Quota.ReadAsync(road, QuotaDirectory.Default, null));
        foreach (var account in document.Accounts) present.AddRange(await ReadAsync(road, account));
        if (road.Refusal is not null) return [];
        var byPlace = present.ToLookup(item => (item.Kind, item.Account));
        var changes = new List<TopologyChange>();
        var kept = new HashSet<TopologyItem>(ReferenceEqualityComparer.Instance);
        foreach (var wanted in document.Items)
        {
            var match = wanted.Kind.Match(wanted, byPlace[(wanted.Kind, wanted.Account)]);
            if (match is not null) kept.Add(match);
            changes.Add(Difference(road, wanted, match, isPruning));
        }

        if (!isPruning) return changes;
        foreach (var item in present.AsEnumerable().Reverse().Where(item => !kept.Contains(item)))
        {
            if (!item.Kind.IsPruned(item, document.Sections.Contains((item.Account, item.Kind.Name)), road)) continue;
            if (!withMessages) road.RefuseToDrop(item, item.Messages);
            changes.Add(new TopologyChange(ChangeKind.Delete, item, item, []));
        }

        return changes;
    }

    /// <summary>All that a tenant has, in the order of kinds.</summary>
    public static async ValueTask<IReadOnlyList<TopologyItem>> ReadAsync(TopologyRoad road, string account)
    {
        var items = new List<TopologyItem>();
        foreach (var kind in TopologyKinds.All)
        {
            if (kind.Parent is null) items.AddRange(await kind.ReadAsync(road, account, null));
            foreach (var parent in items.Where(item => item.Kind == kind.Parent).ToArray())
                items.AddRange(await kind.ReadAsync(road, account, parent));
            if (road.Refusal is not null) break;
        }

        return items;
    }

    /// <summary>The members that say something: what is as by default does not.</summary>
    public static JsonObject Said(TopologyItem item)
    {
        var defaults = item.Kind.DefaultsOf(item);
        var visible = (JsonObject)item.Kind.Shape.Visible(item.Members)!;
        return new JsonObject(visible.Where(member => !IsSame(member.Value, defaults[member.Key]))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
    }

    private static TopologyChange Difference(
        TopologyRoad road, TopologyItem wanted, TopologyItem? present, bool isPruning)
    {
        var said = Said(wanted);
        if (present is null)
        {
            return new TopologyChange(ChangeKind.Create, wanted, null,
                [.. said.Select(member => new MemberChange(member.Key, null, member.Value))]);
        }

        if (present.IsOpaque) return new TopologyChange(ChangeKind.Same, wanted, present, []);
        var (are, defaults) = (Said(present), wanted.Kind.DefaultsOf(wanted));
        var visible = (JsonObject)wanted.Kind.Shape.Visible(wanted.Members)!;
        var names = visible.Select(member => member.Key);
        if (wanted.Kind.IsWhole || isPruning) names = names.Concat(are.Select(member => member.Key)).Distinct();
        var changes = new List<MemberChange>();
        var item = wanted;
        foreach (var name in names.ToArray())
        {
            if (IsSame(said[name], are[name])) continue;
            // Another way to name the same: the ARN's member and the name's are one.
            var isGone = !visible.ContainsKey(name);
            if (isGone && !wanted.Kind.IsWhole && defaults[name] is null) continue;
            if (wanted.Kind.Fixed.Contains(name))
            {
                road.Refuse($"{name} of the {wanted} cannot be changed: delete it first.");
                continue;
            }

            changes.Add(new MemberChange(
                name, are[name]?.DeepClone(), (said[name] ?? defaults[name])?.DeepClone()));
            if (isGone && defaults[name] is { } standard) item = With(item, name, standard);
        }

        return new TopologyChange(
            changes.Count == 0 ? ChangeKind.Same : ChangeKind.Update, item, present, changes);
    }

    private static TopologyItem With(TopologyItem item, string name, JsonNode value)
    {
        var members = (JsonObject)item.Members.DeepClone();
        members[name] = value.DeepClone();
        return item with { Members = members };
    }

    private static bool IsSame(JsonNode? left, JsonNode? right) =>
        JsonNode.DeepEquals(Parsed(left), Parsed(right)) || (IsEmpty(left) && IsEmpty(right));

    private static bool IsEmpty(JsonNode? node) =>
        node is null or JsonObject { Count: 0 } or JsonArray { Count: 0 } || node.ToJsonString() == "\"\"";

    private static JsonNode? Parsed(JsonNode? node) => node is null ? null : JsonNode.Parse(node.ToJsonString());
}
