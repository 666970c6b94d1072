using Microsoft.Extensions.Logging;
using Weir.Broker.Buses;
using Weir.Broker.Topics;
using Weir.Protocols.Aws.Notifications;

namespace Weir.Protocols.Aws;

/// <summary>What the operations of the Amazon services work with.</summary>
internal sealed class AwsBackend(Broker.Broker broker, ILogger log)
{
    public Broker.Broker Broker { get; } = broker;

    public TopicDirectory Topics { get; } = new(broker);

    public TopicPublisher Publisher { get; } = new(broker, log);

    public BusDirectory Buses { get; } = new(broker);

    public EventPublisher Events { get; } = new(broker, log);

    public NotificationSigner Signer { get; } = new(broker);

    /// <summary>Called when a topic's subscriptions may have changed; null: nothing is pushed.</summary>
    public Action<TopicName>? OnSubscriptionsChanged { get; set; }

    public ILogger Log { get; } = log;
}
