using Microsoft.Extensions.Logging;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Buses;

/// <summary>
/// Takes events into buses: resolves each against the routing tables on the caller's thread, and hands the shard
/// commands that name every queue that they reach.
/// </summary>
public sealed partial class EventPublisher(Broker broker, ILogger logger)
{
    /// <summary>Events that take more than this together are committed one by one.</summary>
    private const int CommitBytesMax = 1 << 20;

    /// <summary>Each try removes what did not reach its queue; only queues deleted meanwhile ask for another.</summary>
    private const int TriesMax = 10;

    /// <summary>Publishes events in order; those that are small enough in one commit.</summary>
    /// <returns>For each event why it was not taken, or null: then it is on disk in every queue that it reaches.
    /// </returns>
    public async ValueTask<IReadOnlyList<Fault?>> PublishAsync(IReadOnlyList<BusEvent> events)
    {
        var resolver = new EventResolver(broker.Definitions, broker.Ids);
        var faults = new Fault?[events.Count];
        var outgoing = new List<(int Index, OutgoingEvent Event)>(events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            var resolved = resolver.Resolve(events[i]);
            faults[i] = resolved.Fault;
            if (resolved.IsOk) outgoing.Add((i, resolved.Value));
        }

        if (outgoing.Count > 1 && ToCommand([.. outgoing.Select(each => each.Event)]).RecordBytesMax <= CommitBytesMax)
        {
            var fault = await CommitAsync([.. outgoing.Select(each => each.Event)]).ConfigureAwait(false);

            // What is too much for one queue, or too much together, may still be taken in part.
            if (fault?.Code is not FaultCode.Overloaded and not FaultCode.MessageTooLong)
            {
                foreach (var (index, _) in outgoing) faults[index] = fault;
                return faults;
            }
        }

        foreach (var (index, each) in outgoing) faults[index] = await CommitAsync([each]).ConfigureAwait(false);
        return faults;
    }

    /// <summary>What an event takes of a commit at most.</summary>
    internal static int CommitBytes(OutgoingEvent outgoing) => ToCommand([outgoing]).RecordBytesMax;

    private static PublishCommand ToCommand(
        IReadOnlyList<OutgoingEvent> events, IReadOnlyList<DefinitionChange>? changes = null) =>
        new([.. events.SelectMany(each => each.ToPublications())]) { Changes = changes ?? [] };

    /// <summary>Publishes resolved events in one commit, and changes definitions with it.</summary>
    /// <returns>Why nothing was done; null: all was.</returns>
    internal async ValueTask<Fault?> CommitAsync(
        IReadOnlyList<OutgoingEvent> events, IReadOnlyList<DefinitionChange>? changes = null)
    {
        for (var tries = 1; ; tries++)
        {
            var outcome = await broker.ExecuteAsync(ToCommand(events, changes)).ConfigureAwait(false);
            if (!outcome.IsOk) return outcome.Fault;
            if (outcome.Value.Failures.Count == 0) break;
            foreach (var failure in outcome.Value.Failures)
            {
                if (failure.Reason.Code == FaultCode.Overloaded || tries == TriesMax) return failure.Reason;
            }

            Reroute(events, outcome.Value.Failures);
        }

        foreach (var each in events) Report(each);
        return null;
    }

    private static void Reroute(IReadOnlyList<OutgoingEvent> events, IReadOnlyList<DeliveryFailure> failures)
    {
        // From the last to the first, so that the places of those before it stay what the failure says.
        foreach (var failure in failures.Reverse())
        {
            var (publication, at) = (failure.Publication, 0);
            while (publication >= events[at].PublicationCount) publication -= events[at++].PublicationCount;
            events[at].Reroute(publication, failure.Delivery, failure.Reason);
        }
    }

    private void Report(OutgoingEvent outgoing)
    {
        foreach (var (route, error, isDeadLettered, subscription) in outgoing.Undelivered)
        {
            var (rule, target, id) = (route.Rule.Arn, route.Target.Arn, outgoing.Event.Id);
            if (subscription is { } lost && !isDeadLettered) LogSubscription(rule, id, target, lost, error.Message);
            else if (isDeadLettered) LogDeadLettered(rule, id, target, error.Message);
            else LogDropped(rule, id, target, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "Rule {Rule}: event {Event} for target {Target} goes to a dead-letter queue: {Reason}")]
    private partial void LogDeadLettered(string rule, Guid @event, string target, string reason);

    [LoggerMessage(LogLevel.Error,
        "Rule {Rule}: event {Event} is not delivered to target {Target}, which has no dead-letter queue that takes it: "
        + "{Reason}")]
    private partial void LogDropped(string rule, Guid @event, string target, string reason);

    [LoggerMessage(LogLevel.Error,
        "Rule {Rule}: event {Event} is not delivered through topic {Target} to its subscription {Subscription}, which "
        + "has no dead-letter queue that takes it: {Reason}")]
    private partial void LogSubscription(string rule, Guid @event, string target, Guid subscription, string reason);
}
