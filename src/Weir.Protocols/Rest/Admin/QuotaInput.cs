using Weir.Broker.Tenants;

namespace Weir.Protocols.Rest.Admin;

/// <summary>What a request says of quotas; what it does not say is no limit.</summary>
internal sealed record QuotaInput
{
    public double? RequestsPerSecond { get; init; }

    public long? BytesPerSecond { get; init; }

    public long? MessagesMax { get; init; }

    public long? BytesStoredMax { get; init; }

    public long? InFlightMax { get; init; }

    public long? QueuesMax { get; init; }

    public long? TopicsMax { get; init; }

    public long? RulesMax { get; init; }

    public long? SchedulesMax { get; init; }

    public long? PipesMax { get; init; }

    public long? ConnectionsMax { get; init; }

    public long? WebhookConcurrencyMax { get; init; }

    public Problem? Check()
    {
        if (RequestsPerSecond is <= 0 or > TenantQuotas.RequestsMax)
            return AdminJson.Wrong($"requestsPerSecond is above 0 and at most {TenantQuotas.RequestsMax:0}.");
        if (BytesPerSecond is < TenantQuotas.BytesMin or > TenantQuotas.BytesMax)
        {
            return AdminJson.Wrong(
                $"bytesPerSecond is from {TenantQuotas.BytesMin} to {TenantQuotas.BytesMax}.");
        }

        var quotas = ToQuotas();
        for (var quota = Quota.Messages; quota <= Quota.WebhookConcurrency; quota++)
        {
            // Without a connection or a call nothing could be done at all: that is a suspended tenant.
            var least = quota >= Quota.Connections ? 1 : 0;
            if (quotas[quota] < least || quotas[quota] > TenantQuotas.CountMax)
            {
                return AdminJson.Wrong(
                    $"{QuotaNames.Member(quota)} is from {least} to {TenantQuotas.CountMax}.");
            }
        }

        return null;
    }

    public TenantQuotas ToQuotas() => new()
    {
        RequestsPerSecond = RequestsPerSecond,
        BytesPerSecond = BytesPerSecond,
        MessagesMax = MessagesMax,
        BytesStoredMax = BytesStoredMax,
        InFlightMax = InFlightMax,
        QueuesMax = QueuesMax,
        TopicsMax = TopicsMax,
        RulesMax = RulesMax,
        SchedulesMax = SchedulesMax,
        PipesMax = PipesMax,
        ConnectionsMax = ConnectionsMax,
        WebhookConcurrencyMax = WebhookConcurrencyMax,
    };
}
