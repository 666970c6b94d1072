namespace Weir.Broker.Tenants;

/// <summary>How much a tenant may ask for in a second. Null: as much as there is.</summary>
/// <remarks>A second's worth may come at once after a pause of a second.</remarks>
public sealed record TenantQuotas
{
    public const double RequestsMax = 10_000_000;
    public const long BytesMin = 1_024;
    public const long BytesMax = 1L << 40;

    /// <summary>Requests a second, above 0: of the Amazon protocols and of REST, whatever they ask for.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>Bytes of request bodies a second, at least <see cref="BytesMin"/>.</summary>
    public long? BytesPerSecond { get; init; }
}
