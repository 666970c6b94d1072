using Weir.Broker.Tenants;

namespace Weir.Protocols.Rest.Admin;

/// <summary>What a request says of quotas; what it does not say is no limit.</summary>
internal sealed record QuotaInput
{
    public double? RequestsPerSecond { get; init; }

    public long? BytesPerSecond { get; init; }

    public Problem? Check()
    {
        if (RequestsPerSecond is <= 0 or > TenantQuotas.RequestsMax)
            return AdminJson.Wrong($"requestsPerSecond is above 0 and at most {TenantQuotas.RequestsMax:0}.");
        return BytesPerSecond is < TenantQuotas.BytesMin or > TenantQuotas.BytesMax
            ? AdminJson.Wrong($"bytesPerSecond is from {TenantQuotas.BytesMin} to {TenantQuotas.BytesMax}.")
            : null;
    }

    public TenantQuotas ToQuotas() => new() { RequestsPerSecond = RequestsPerSecond, BytesPerSecond = BytesPerSecond };
}
