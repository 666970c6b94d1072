using Microsoft.Extensions.Logging;
using Weir.Broker.Audit;
using Weir.Broker.Delivery;
using Weir.Broker.Requests;
using Weir.Broker.Tenants;
using Weir.Broker.Webhooks;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Rest;

/// <summary>What the operations work with.</summary>
internal sealed class RestBackend
{
    public RestBackend(Broker.Broker broker, KeyRing ring, Admission admission, ILogger log)
    {
        Broker = broker;
        Ring = ring;
        Admission = admission;
        Quotas = new QuotaDirectory(broker);
        Tenants = new TenantDirectory(broker);
        Keys = new KeyDirectory(broker, ring);
        Audit = new AuditLog(broker, log);
        Replies = new ReplyBox(broker);
        Requests = new RequestPublisher(broker, Replies, log);
        Webhooks = new WebhookDirectory(broker);
        Statuses = new StatusReader(this);
        Tokens = new MessageTokenFormat(broker);
    }

    public Broker.Broker Broker { get; }

    /// <summary>The access keys that count.</summary>
    public KeyRing Ring { get; }

    /// <summary>What holds tenants to their quotas.</summary>
    public Admission Admission { get; }

    public QuotaDirectory Quotas { get; }

    public TenantDirectory Tenants { get; }

    public KeyDirectory Keys { get; }

    public AuditLog Audit { get; }

    public ReplyBox Replies { get; }

    public RequestPublisher Requests { get; }

    public WebhookDirectory Webhooks { get; }

    /// <summary>What pushes; null: nothing does.</summary>
    public PushDispatcher? Push { get; set; }

    public StatusReader Statuses { get; }

    public MessageTokenFormat Tokens { get; }

    /// <summary>Through it topologies reach the other services.</summary>
    public required AwsEndpoint Aws { get; init; }

    /// <summary>Applying a topology, one after the other: each must see what the others made.</summary>
    public SemaphoreSlim OneTopology { get; } = new(1);
}
