using System.Text.Json;
using Weir.Engine.Definitions;

namespace Weir.Broker.Placement;

/// <summary>Placements as definitions of the pool's, as JSON: one for each tenant, and the number given out last.
/// </summary>
internal static class PlacementDocuments
{
    /// <summary>The account of zeros keeps what is the server's own; it is always in the pool.</summary>
    public const string PoolAccount = "000000000000";

    private const string LastNumber = "last-number";

    public static readonly ScopeName Scope = new("placement", PoolAccount, "", "");

    public static PlacementConfig? Find(DefinitionCatalog pool, string account) =>
        pool.Find(Scope, account) is { } found ? Read(found) : null;

    /// <summary>Every tenant that has, or had, a shard of its own.</summary>
    public static IEnumerable<(string Account, PlacementConfig Placement)> All(DefinitionCatalog pool) =>
        pool.Find(Scope)?.Items.Where(item => item.Key != LastNumber).Select(item => (item.Key, Read(item.Value)))
        ?? [];

    /// <summary>Sets where a tenant is, unless somebody else has set it since.</summary>
    public static DefinitionChange Set(DefinitionCatalog pool, string account, PlacementConfig placement) => new()
    {
        Scope = Scope,
        Item = account,
        Value = Write(placement.IsSilo, placement.Number),
        ExpectedRevision = pool.Find(Scope, account)?.Revision ?? 0,
    };

    /// <summary>A number for a new shard, and the change that keeps it from being given out again.</summary>
    public static (int Number, DefinitionChange Change) NextNumber(DefinitionCatalog pool)
    {
        var last = pool.Find(Scope, LastNumber);
        var number = last is null ? 1 : Read(last).Number + 1;
        return (number, new DefinitionChange
        {
            Scope = Scope, Item = LastNumber, Value = Write(false, number), ExpectedRevision = last?.Revision ?? 0,
        });
    }

    private static PlacementConfig Read(Definition definition) => definition.Read(static value =>
    {
        using var json = JsonDocument.Parse(value);
        return new PlacementConfig(
            json.RootElement.GetProperty("silo").GetBoolean(), json.RootElement.GetProperty("number").GetInt32());
    });

    private static byte[] Write(bool isSilo, int number)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteBoolean("silo", isSilo);
            json.WriteNumber("number", number);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
