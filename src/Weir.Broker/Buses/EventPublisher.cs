using Microsoft.Extensions.Logging;
using Weir.Broker.Forwarding;
using Weir.Engine;

namespace Weir.Broker.Buses;

/// <summary>
/// Takes events into buses: resolves each against the routing tables on the caller's thread, and hands the shard
/// commands that name every queue that they reach.
/// </summary>
public sealed class EventPublisher(Broker broker, ILogger logger)
{
    private readonly Forwarder _forwarder = new(broker, logger);

    /// <summary>Publishes events in order; those that are small enough in one commit.</summary>
    /// <returns>For each event why it was not taken, or null: then it is on disk in every queue that it reaches.
    /// </returns>
    public async ValueTask<IReadOnlyList<Fault?>> PublishAsync(IReadOnlyList<BusEvent> events)
    {
        var resolver = new EventResolver(broker.Definitions, broker.Ids);
        var faults = new Fault?[events.Count];
        var (outgoing, indices) = (new List<Outgoing>(events.Count), new List<int>(events.Count));
        for (var i = 0; i < events.Count; i++)
        {
            var unit = new Outgoing(events[i].Bus.Account, broker.Ids);
            faults[i] = resolver.Resolve(events[i], unit);
            if (faults[i] is not null) continue;
            outgoing.Add(unit);
            indices.Add(i);
        }

        var outcomes = await _forwarder.ForwardAsync(outgoing).ConfigureAwait(false);
        for (var i = 0; i < outcomes.Count; i++) faults[indices[i]] = outcomes[i].Fault;
        return faults;
    }
}
