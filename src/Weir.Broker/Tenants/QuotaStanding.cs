namespace Weir.Broker.Tenants;

/// <summary>How a tenant stands by one quota.</summary>
/// <param name="Max">The quota; null: it is not held to it.</param>
/// <param name="Used">What it has of it; of those by the second, what was taken of a second's worth.</param>
/// <param name="Refused">For it, since the server started: requests, messages, receives or things to make; of
/// <see cref="Quota.WebhookConcurrency"/> calls that had to wait.</param>
/// <param name="Last">When something was refused last; null: never.</param>
/// <param name="HeldSince">Since when it holds the tenant back; null: it does not.</param>
public readonly record struct QuotaStanding(
    Quota Quota, double? Max, double Used, long Refused, DateTimeOffset? Last, DateTimeOffset? HeldSince)
{
    /// <summary>The share that is left, 0 to 1; null: there is no quota.</summary>
    public double? Headroom => Max is not { } max ? null : max <= 0 ? 0 : Math.Clamp(1 - (Used / max), 0, 1);
}
