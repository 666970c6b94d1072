using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Operations;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>
/// Access keys, told apart by their id or, without one, by their user. The secret of a new one is Weir's, and told this
/// once, or a variable's.
/// </summary>
internal sealed class KeyKind : TopologyKind
{
    private const int SecretBytes = 30;

    public override string Name => "key";

    public override string Section => "keys";

    public override IReadOnlyList<string> NameMembers { get; } = ["id", "user"];

    public override IReadOnlyList<string> Fixed { get; } = ["admin", "user"];

    public override Shape Shape { get; } = Shape.Struct(
        ("admin", Shape.Flag), ("disabled", Shape.Flag), ("policies", Shape.ListOf(Shape.Document)),
        ("user", Shape.Text), ("secret", Shape.Secret));

    public override JsonObject DefaultsOf(TopologyItem item) => new()
    {
        ["admin"] = false, ["disabled"] = false, ["policies"] = new JsonArray(),
    };

    public override string? NameOf(IReadOnlyDictionary<string, string> named) =>
        named.TryGetValue("id", out var id) ? id
        : named.TryGetValue("user", out var user) ? $"user {user}"
        : null;

    public override JsonObject Named(TopologyItem item) => new() { ["id"] = item.Name };

    public override TopologyItem? Match(TopologyItem wanted, IEnumerable<TopologyItem> present) =>
        base.Match(wanted, present) ?? (HasId(wanted)
            ? null
            : present.FirstOrDefault(item => item.Kind == this && item.Account == wanted.Account
                && item.Members["user"]?.ToString() == wanted.Members["user"]!.ToString()));

    /// <summary>Only where the file says which keys there are, and never the key that asks.</summary>
    public override bool IsPruned(TopologyItem item, bool hasSection, TopologyRoad road) =>
        hasSection && item.Name != road.Admin.AccessKeyId;

    public override async ValueTask<IReadOnlyList<TopologyItem>> ReadAsync(
        TopologyRoad road, string account, TopologyItem? parent)
    {
        var answer = await road.RestAsync(account, new ListKeysOperation(), query: $"?tenant={account}");
        return [.. (answer["keys"] as JsonArray ?? []).Select(key => Item(
            road, account, null, key!["id"]!.ToString(), key.AsObject()))];
    }

    public override async ValueTask<JsonObject?> CreateAsync(TopologyRoad road, TopologyItem item)
    {
        var input = (JsonObject)item.Members.DeepClone();
        input["tenant"] = item.Account;
        input.Remove("disabled");
        var isGiven = input["secret"] is not null;
        if (HasId(item))
        {
            input["id"] = item.Name;
            input["secret"] ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        }

        var made = await road.RestAsync(item.Account, new CreateKeyOperation(), "", input);
        var isDisabled = item.Members["disabled"]?.GetValue<bool>() == true;
        if (isDisabled && made["id"] is { } id) await UpdateAsync(road, item.Account, id.ToString(), new JsonObject
        {
            ["disabled"] = true,
        });
        if (made["id"] is null) return null;
        var outcome = new JsonObject { ["id"] = made["id"]!.DeepClone() };
        if (!isGiven) outcome["secret"] = made["secret"]!.DeepClone();
        return outcome;
    }

    public override async ValueTask UpdateAsync(TopologyRoad road, TopologyChange change)
    {
        var changed = new JsonObject(change.Members.Select(member => KeyValuePair.Create(
            member.Name, member.New?.DeepClone())));
        await UpdateAsync(road, change.Item.Account, change.Present!.Name, changed);
    }

    public override async ValueTask DeleteAsync(TopologyRoad road, TopologyItem item) =>
        await road.RestAsync(item.Account, new DeleteKeyOperation(), item.Name);

    private static bool HasId(TopologyItem item) => !item.Name.Contains(' ', StringComparison.Ordinal);

    private static async ValueTask UpdateAsync(TopologyRoad road, string account, string id, JsonObject change) =>
        await road.RestAsync(account, new UpdateKeyOperation(), id, change);
}
