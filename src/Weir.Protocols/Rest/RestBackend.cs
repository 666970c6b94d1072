using Microsoft.Extensions.Logging;
using Weir.Broker.Requests;

namespace Weir.Protocols.Rest;

/// <summary>What the operations work with.</summary>
internal sealed class RestBackend
{
    public RestBackend(Broker.Broker broker, ILogger log)
    {
        Broker = broker;
        Replies = new ReplyBox(broker);
        Requests = new RequestPublisher(broker, Replies, log);
        Statuses = new StatusReader(this);
    }

    public Broker.Broker Broker { get; }

    public ReplyBox Replies { get; }

    public RequestPublisher Requests { get; }

    public StatusReader Statuses { get; }
}
