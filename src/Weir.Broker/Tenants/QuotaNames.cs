using System.Collections.Immutable;
using System.Text.Json;

namespace Weir.Broker.Tenants;

/// <summary>How quotas are called.</summary>
public static class QuotaNames
{
    public static ImmutableArray<Quota> All { get; } = [.. Enum.GetValues<Quota>()];

    /// <summary>As the admin API, topologies and documents on disk call it: <c>messagesMax</c>.</summary>
    public static string Member(Quota quota) => quota switch
    {
        Quota.Requests => "requestsPerSecond",
        Quota.Bytes => "bytesPerSecond",
        _ => $"{JsonNamingPolicy.CamelCase.ConvertName($"{quota}")}Max",
    };

    /// <summary>As figures call it: <c>bytes_stored</c>.</summary>
    public static string Tag(Quota quota) => quota switch
    {
        Quota.BytesStored => "bytes_stored",
        Quota.InFlight => "in_flight",
        Quota.WebhookConcurrency => "webhook_concurrency",
        _ => $"{quota}".ToLowerInvariant(),
    };

    /// <summary>In words, for whoever is refused.</summary>
    public static string Words(Quota quota) => quota switch
    {
        Quota.Requests => "requests a second",
        Quota.Bytes => "bytes a second",
        Quota.BytesStored => "stored bytes",
        Quota.InFlight => "messages in flight",
        Quota.WebhookConcurrency => "calls under way",
        _ => $"{quota}".ToLowerInvariant(),
    };
}
