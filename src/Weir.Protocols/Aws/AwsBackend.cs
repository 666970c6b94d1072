using Microsoft.Extensions.Logging;
using Weir.Broker.Archives;
using Weir.Broker.Audit;
using Weir.Broker.Buses;
using Weir.Broker.Endpoints;
using Weir.Broker.Pipes;
using Weir.Broker.Schedules;
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

    public ArchiveDirectory Archives { get; } = new(broker);

    public ReplayDirectory Replays { get; } = new(broker);

    public PipeDirectory Pipes { get; } = new(broker);

    public EndpointDirectory Endpoints { get; } = new(broker);

    public ScheduleDirectory Schedules { get; } = new(broker);

    public ScheduleGroupDirectory ScheduleGroups { get; } = new(broker);

    public AuditLog Audit { get; } = new(broker, log);

    public NotificationSigner Signer { get; } = new(broker);

    /// <summary>True once messages are pushed to the endpoints of others.</summary>
    public bool IsPushing { get; set; }

    /// <summary>Called when a replay was started or cancelled; null: none runs.</summary>
    public Action? OnReplaysChanged { get; set; }

    /// <summary>Why a pipe passes nothing on; null when it does, or when it is stopped.</summary>
    public Func<PipeName, string?> PipeTrouble { get; set; } = _ => null;

    public ILogger Log { get; } = log;
}
