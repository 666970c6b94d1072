namespace Weir.Broker.Tenants;

/// <summary>Why a tenant's request is not served now.</summary>
public readonly record struct Throttle(Quota Quota, TimeSpan RetryAfter)
{
    /// <summary>The quota, in words.</summary>
    public string Limit => QuotaNames.Words(Quota);
}
