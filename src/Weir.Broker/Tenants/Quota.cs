namespace Weir.Broker.Tenants;

/// <summary>What a tenant can be held to.</summary>
public enum Quota
{
    Requests,
    Bytes,
    Messages,
    BytesStored,
    InFlight,
    Queues,
    Topics,
    Rules,
    Schedules,
    Pipes,
    Connections,
    WebhookConcurrency,
}
