namespace Weir.Broker.Tenants;

/// <summary>How much a tenant may ask for in a second, and have at once. Null: as much as there is.</summary>
/// <remarks>A second's worth of requests or bytes may come at once after a pause of a second.</remarks>
public sealed record TenantQuotas
{
    public const double RequestsMax = 10_000_000;
    public const long BytesMin = 1_024;
    public const long BytesMax = 1L << 40;

    /// <summary>The highest number that a quota of what a tenant has can be; the lowest is 0.</summary>
    public const long CountMax = 1L << 50;

    /// <summary>Requests a second, above 0: of the Amazon protocols and of REST, whatever they ask for.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>Bytes of request bodies a second, at least <see cref="BytesMin"/>.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>Messages in all its queues, whatever their state, archives and what waits to be pushed too; one that
    /// went to several queues counts for each.</summary>
    public long? MessagesMax { get; init; }

    /// <summary>Bytes of those messages' contents, as they are stored.</summary>
    public long? BytesStoredMax { get; init; }

    /// <summary>Messages that its receivers have leased. What Weir leases to push or to pass on does not count.
    /// </summary>
    public long? InFlightMax { get; init; }

    /// <summary>In all regions together, as those after it.</summary>
    public long? QueuesMax { get; init; }

    public long? TopicsMax { get; init; }

    /// <summary>Of all its buses.</summary>
    public long? RulesMax { get; init; }

    /// <summary>Of Scheduler, in all groups.</summary>
    public long? SchedulesMax { get; init; }

    public long? PipesMax { get; init; }

    /// <summary>Connections on which the latest authenticated request was the tenant's.</summary>
    public long? ConnectionsMax { get; init; }

    /// <summary>Calls of its webhooks, subscribed endpoints and API destinations under way at once. At least 1.
    /// </summary>
    public long? WebhookConcurrencyMax { get; init; }

    public double? this[Quota quota] => quota switch
    {
        Quota.Requests => RequestsPerSecond,
        Quota.Bytes => BytesPerSecond,
        Quota.Messages => MessagesMax,
        Quota.BytesStored => BytesStoredMax,
        Quota.InFlight => InFlightMax,
        Quota.Queues => QueuesMax,
        Quota.Topics => TopicsMax,
        Quota.Rules => RulesMax,
        Quota.Schedules => SchedulesMax,
        Quota.Pipes => PipesMax,
        Quota.Connections => ConnectionsMax,
        Quota.WebhookConcurrency => WebhookConcurrencyMax,
        _ => throw new ArgumentOutOfRangeException(nameof(quota), quota, "There is no such quota."),
    };
}
