using System.Text.Json.Serialization;
using Weir.Broker.Tenants;

namespace Weir.Protocols.Rest.Admin;

/// <summary>What a request says of a tenant; what it does not say stays as it is.</summary>
internal sealed record TenantInput
{
    private const string Pool = "pool";
    private const string Silo = "silo";

    public string? Name { get; init; }

    public bool? Suspended { get; init; }

    /// <summary>pool, or silo: a shard of its own.</summary>
    public string? Placement { get; init; }

    public static string PlacementOf(bool isSilo) => isSilo ? Silo : Pool;

    /// <summary>Whether it is to have a shard of its own; null: nothing is said of that.</summary>
    [JsonIgnore]
    public bool? ToSilo => Placement is null ? null : Placement == Silo;

    public Problem? Check()
    {
        if (Name is { Length: > TenantConfig.NameLengthMax })
            return AdminJson.Wrong($"name has at most {TenantConfig.NameLengthMax} characters.");
        return Placement is null or Pool or Silo
            ? null
            : AdminJson.Wrong($"placement is {Pool}, or {Silo} for a shard of its own.");
    }

    public TenantConfig Apply(TenantConfig? present) => (present ?? new TenantConfig { Name = "" }) with
    {
        Name = Name ?? present?.Name ?? "", IsSuspended = Suspended ?? present?.IsSuspended ?? false,
    };
}
