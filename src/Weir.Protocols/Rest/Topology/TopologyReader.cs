using System.Text.Json.Nodes;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws;
using Weir.Protocols.Rest.Topology.Kinds;
using Weir.Protocols.Rest.Topology.Shapes;
using Weir.Protocols.Rest.Topology.Yaml;

namespace Weir.Protocols.Rest.Topology;

/// <summary>
/// Reads a topology: nothing in it may be unknown, of another type, or there twice. Either it has tenants, each with
/// what it has, or it is one tenant itself, that of the caller.
/// </summary>
internal sealed class TopologyReader
{
    /// <summary>Things in one document.</summary>
    private const int ItemsMax = 50_000;

    private static readonly string[] Heads = ["region", "prune", TopologyDocument.DefaultQuotas, "tenants"];

    private readonly ShapeReader _shapes;
    private readonly Dictionary<(string, string, string), YamlNode> _seen = [];
    private readonly List<TopologyItem> _items = [];
    private readonly HashSet<(string, string)> _sections = [];
    private readonly List<string> _accounts = [];
    private string _region;

    private TopologyReader(string region, IReadOnlyDictionary<string, string> variables) =>
        (_region, _shapes) = (region, new ShapeReader(variables));

    /// <param name="account">Whose a document without tenants is.</param>
    /// <param name="region">Where a document that does not say it is.</param>
    public static (TopologyDocument? Document, TopologyFault? Fault) Read(
        string text, string account, string region, IReadOnlyDictionary<string, string> variables)
    {
        var (root, fault) = YamlReader.Read(text);
        if (root is null) return (null, fault);
        var reader = new TopologyReader(region, variables);
        var document = reader.ReadDocument(root, account);
        return reader._shapes.Fault is { } wrong ? (null, wrong) : (document, null);
    }

    private TopologyDocument? ReadDocument(YamlNode root, string account)
    {
        if (root.Kind != YamlKind.Map)
        {
            _shapes.Expect(root, Shape.Struct(), "The document");
            return null;
        }

        var isPruning = Value(root, "prune") is { } prune
            && _shapes.Read(prune, Shape.Flag, "prune")?.GetValue<bool>() == true;
        if (Value(root, "region") is { } where)
        {
            _region = _shapes.Read(where, Shape.Text, "region")?.ToString() ?? "";
            if (!AwsOptions.IsRegion(_region)) _shapes.Refuse(where, $"{_region} is no region, such as us-east-1.");
        }

        if (Value(root, TopologyDocument.DefaultQuotas) is { } quotas) ReadQuotas(quotas, QuotaDirectory.Default);
        if (Value(root, "tenants") is { } tenants) ReadTenants(root, tenants);
        else ReadParts(root, account, null, Heads, "the document");
        return new TopologyDocument(_region, isPruning, _accounts, Sorted(), _sections);
    }

    private void ReadTenants(YamlNode root, YamlNode tenants)
    {
        foreach (var (key, _) in root.Entries)
        {
            if (!Heads.Contains(key.Text))
            {
                _shapes.Refuse(key, TopologyKinds.In(null).Any(kind => kind.Section == key.Text)
                    ? $"{key.Text} belongs into one of the tenants when there are any."
                    : $"The document has no {key.Text}; there are {string.Join(", ", Heads)}.");
            }
        }

        if (tenants.Kind != YamlKind.List) _shapes.Expect(tenants, Shape.ListOf(Shape.Text), "tenants");
        foreach (var tenant in tenants.Items)
        {
            if (_shapes.Fault is not null) return;
            ReadTenant(tenant);
        }
    }

    private void ReadTenant(YamlNode tenant)
    {
        if (tenant.Kind != YamlKind.Map)
        {
            _shapes.Expect(tenant, Shape.Struct(), "A tenant");
            return;
        }

        if (Value(tenant, "account") is not { } node)
        {
            _shapes.Refuse(tenant, "A tenant lacks its account.");
            return;
        }

        // Digits without quotes are a number to YAML, and begin with no zero.
        if (!AccessKey.IsAccount(node.Text))
        {
            _shapes.Refuse(node, $"account is {node.What}, and 12 digits are expected, in quotes.");
            return;
        }

        var members = ReadMembers(tenant, TopologyKinds.Tenant, ["account"], "a tenant");
        if (members is null || !Add(new TopologyItem(TopologyKinds.Tenant, node.Text, null, node.Text, members)
        {
            At = tenant,
        }))
            return;
        ReadParts(tenant, node.Text, null, ["account", .. TopologyKinds.Tenant.Shape.Members.Keys], "a tenant");
    }

    /// <summary>Reads the sections that something has.</summary>
    /// <param name="others">What else it may have, which is read already.</param>
    private void ReadParts(
        YamlNode node, string account, TopologyItem? parent, IReadOnlyCollection<string> others, string name)
    {
        var kinds = TopologyKinds.In(parent?.Kind).Where(kind => kind != TopologyKinds.Tenant).ToArray();
        if (parent is null && !_accounts.Contains(account)) _accounts.Add(account);
        foreach (var (key, value) in node.Entries)
        {
            if (_shapes.Fault is not null) return;
            if (others.Contains(key.Text)) continue;
            if (kinds.FirstOrDefault(kind => kind.Section == key.Text) is not { } kind)
            {
                _shapes.Unknown(key, name, others.Concat(kinds.Select(each => each.Section)));
                return;
            }

            if (kind == TopologyKinds.Quota)
            {
                ReadQuotas(value, account);
                continue;
            }

            _sections.Add((account, kind.Name));

            if (value.Kind != YamlKind.List) _shapes.Expect(value, Shape.ListOf(Shape.Text), key.Text);
            foreach (var item in value.Items) ReadItem(item, kind, account, parent);
        }
    }

    private void ReadQuotas(YamlNode value, string name)
    {
        _sections.Add((name, TopologyKinds.Quota.Name));
        if (_shapes.Read(value, TopologyKinds.Quota.Shape, "quotas") is JsonObject { Count: > 0 } quotas)
            Add(new TopologyItem(TopologyKinds.Quota, name, null, name, quotas) { At = value });
    }

    private void ReadItem(YamlNode node, TopologyKind kind, string account, TopologyItem? parent)
    {
        if (_shapes.Fault is not null) return;
        if (node.Kind != YamlKind.Map)
        {
            _shapes.Expect(node, Shape.Struct(), $"A {kind.Name}");
            return;
        }

        if (ReadMembers(node, kind, kind.NameMembers, $"a {kind.Name}") is not { } members) return;
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in kind.NameMembers)
        {
            if (Value(node, member) is not { } value) continue;
            if (_shapes.Read(value, Shape.Text, member) is not { } text) return;
            named[member] = text.ToString();
        }

        if (kind.NameOf(named) is not { Length: > 0 } name)
        {
            _shapes.Refuse(node, $"A {kind.Name} is named by {string.Join(" or ", kind.NameMembers)}.");
            return;
        }

        var item = new TopologyItem(
            kind, account, parent, name, ArnNames.Shorten(kind.Shape, members, account, _region)) { At = node };
        if (ShapeReader.Missing(members, kind.Shape) is { } missing)
            _shapes.Refuse(node, $"The {kind.Name} {name} lacks {missing}.");
        else if (Add(item))
            ReadParts(node, account, item, [.. kind.NameMembers, .. kind.Shape.Members.Keys], kind.Name);
    }

    private JsonObject? ReadMembers(YamlNode node, TopologyKind kind, IReadOnlyList<string> named, string name)
    {
        var members = new JsonObject();
        var parts = TopologyKinds.In(kind == TopologyKinds.Tenant ? null : kind)
            .Where(part => part != TopologyKinds.Tenant).Select(part => part.Section).ToArray();
        foreach (var (key, value) in node.Entries)
        {
            if (kind.Shape.Members.TryGetValue(key.Text, out var shape))
            {
                members[key.Text] = _shapes.Read(value, shape, key.Text);
                if (_shapes.Fault is not null) return null;
            }
            else if (!named.Contains(key.Text) && !parts.Contains(key.Text))
            {
                _shapes.Unknown(key, name, named.Concat(kind.Shape.Members.Keys).Concat(parts).Distinct());
                return null;
            }
        }

        return members;
    }

    private bool Add(TopologyItem item)
    {
        if (_items.Count == ItemsMax) _shapes.Refuse(item.At!, $"The document has more than {ItemsMax} things.");
        else if (_seen.TryAdd(item.Key, item.At!)) _items.Add(item);
        else
        {
            _shapes.Refuse(item.At!,
                $"The {item.Kind.Name} {item.Name} is there twice, first at line {_seen[item.Key].Line}.");
        }

        return _shapes.Fault is null;
    }

    /// <summary>In the order of making: kinds as they are listed, and queues behind their dead-letter queues.</summary>
    private List<TopologyItem> Sorted()
    {
        var sorted = new List<TopologyItem>();
        var waiting = new Dictionary<(string, string, string), TopologyItem>();
        foreach (var item in _items) waiting.Add(item.Key, item);
        foreach (var kind in TopologyKinds.All)
        {
            // An admin's key comes first, since without one no other can be made.
            foreach (var item in _items.Where(item => item.Kind == kind)
                .OrderByDescending(item => item.Members["admin"]?.ToString() == "true"))
                Place(item);
        }

        return sorted;

        // Dead-letter queues in a circle are placed where the circle is entered.
        void Place(TopologyItem item)
        {
            var chain = new Stack<TopologyItem>();
            for (var next = item; next is not null && waiting.Remove(next.Key); next = LettersOf(next))
                chain.Push(next);
            sorted.AddRange(chain);
        }

        TopologyItem? LettersOf(TopologyItem item) =>
            (item.Members["RedrivePolicy"] as JsonObject)?["deadLetterQueue"] is { } letters
                ? waiting.GetValueOrDefault((item.Kind.Name, item.Account, letters.ToString()))
                : null;
    }

    private static YamlNode? Value(YamlNode map, string name) =>
        map.Entries.FirstOrDefault(entry => entry.Key.Text == name).Value;
}
