namespace Weir.Broker.Tenants;

/// <summary>A client's connection. It is the tenant's whose authenticated request came on it last.</summary>
public sealed class TenantConnection
{
    /// <summary>Null: nobody's yet. Guarded by <see cref="ConnectionCounts"/>.</summary>
    internal string? Account { get; set; }

    internal bool IsClosed { get; set; }
}
