using Weir.Broker.Access;
using Weir.Broker.Archives;
using Weir.Broker.Forwarding;
using Weir.Broker.Routing.Patterns;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Buses;

/// <summary>
/// Finds all the ways of an event: through its bus's rules, and through those of the buses that they lead to, whose
/// rules match the same event.
/// </summary>
internal sealed class EventResolver(DefinitionCatalog definitions, IdSource ids)
{
    /// <summary>From bus to bus.</summary>
    public const int HopsMax = 5;

    /// <summary>Messages that one event may become, all of which one commit writes.</summary>
    public const int DeliveriesMax = 10_000;

    /// <summary>What they may carry together: more than this the journal does not take in one commit.</summary>
    public const long ContentBytesMax = 4 << 20;

    /// <summary>Adds the ways to what goes out.</summary>
    /// <returns>Why the event cannot be taken in; then what was to go out must not.</returns>
    public Fault? Resolve(BusEvent busEvent, Outgoing outgoing)
    {
        if (BusRoutes.Find(definitions, busEvent.Bus) is not { } routes) return BusFaults.BusNotFound(busEvent.Bus);
        var fields = EventFields.Rent();
        try
        {
            return fields.TryReadJson(busEvent.Json.Span)
                ? Visit(routes, fields, new OutgoingEvent(ids, busEvent, outgoing), [busEvent.Bus])
                : BusFaults.Invalid("The event is no JSON, or nested too deeply.");
        }
        finally
        {
            fields.Return();
        }
    }

    /// <summary>Adds the ways through one rule alone, as those of an event that the rule itself makes.</summary>
    /// <returns>Why the event cannot be taken in; then what was to go out must not.</returns>
    public Fault? Resolve(BusEvent busEvent, RuleConfig rule, Outgoing outgoing)
    {
        var fields = EventFields.Rent();
        try
        {
            return fields.TryReadJson(busEvent.Json.Span)
                ? Follow(new RuleRoute(rule), fields, new OutgoingEvent(ids, busEvent, outgoing), [busEvent.Bus])
                : BusFaults.Invalid("The event is no JSON, or nested too deeply.");
        }
        finally
        {
            fields.Return();
        }
    }

    /// <param name="path">The buses that the event came through, this one the last.</param>
    private Fault? Visit(BusRoutes routes, EventFields fields, OutgoingEvent outgoing, List<BusName> path)
    {
        if (!outgoing.Event.IsReplayed)
        {
            foreach (var archive in ArchiveRoutes.Match(definitions, path[^1], fields)) outgoing.AddArchive(archive);
        }

        foreach (var rule in routes.Match(fields))
        {
            if (path.Count == 1 && !IsChosen(outgoing.Event, rule)) continue;
            if (Follow(rule, fields, outgoing, path) is { } fault) return fault;
        }

        return null;
    }

    private Fault? Follow(RuleRoute rule, EventFields fields, OutgoingEvent outgoing, List<BusName> path)
    {
        foreach (var route in rule.Targets)
        {
            if (route.Target.Bus is not { } bus) AddMessage(route, outgoing);
            else if (Forward(route, bus, fields, outgoing, path) is { } fault) return fault;
            if (outgoing.DeliveryCount > DeliveriesMax)
                return BusFaults.LimitReached($"The event would become more than {DeliveriesMax} messages.");
            if (outgoing.ContentBytes > ContentBytesMax)
            {
                return BusFaults.LimitReached(
                    $"What the rules make of the event takes more than {ContentBytesMax} bytes together.");
            }
        }

        return null;
    }

    private static bool IsChosen(BusEvent busEvent, RuleRoute rule) =>
        busEvent.RuleArns.Count == 0 || busEvent.RuleArns.Contains(rule.Rule.Arn);

    private Fault? Forward(
        TargetRoute route, BusName bus, EventFields fields, OutgoingEvent outgoing, List<BusName> path)
    {
        if (BusRoutes.Find(definitions, bus) is not { } routes)
            outgoing.Fail(route, DeliveryError.NoResource(BusFaults.BusNotFound(bus).Message));
        else if (path.Contains(bus)) outgoing.Fail(route, Loop(bus));
        else if (path.Count > HopsMax) outgoing.Fail(route, TooManyHops);
        else return Visit(routes, fields, outgoing, [.. path, bus]);
        return null;
    }

    private void AddMessage(TargetRoute route, OutgoingEvent outgoing)
    {
        if (route.Target.ApiDestination is not null)
        {
            // Its requests are made when it is called, of the event, which its dead-letter queue gets too.
            outgoing.AddQueue(route, route.Target.Queue!, input: null);
            return;
        }

        var input = route.Input.IsEvent ? null : route.Input.Make(outgoing.Event);
        if (input is null && !route.Input.IsEvent)
        {
            outgoing.Fail(route, DeliveryError.Invalid(
                $"The input path {route.Target.InputPath} leads nowhere in the event."));
            return;
        }

        if (route.Target.Queue is { } queue)
        {
            var (account, now) = (outgoing.Event.Bus.Account, outgoing.Event.TakenInAt);
            if (ServiceAccess.Allows(definitions, route.Rule, account, queue, now))
                outgoing.AddQueue(route, queue, input);
            else outgoing.Fail(route, ServiceAccess.Denied(queue));
            return;
        }

        AddTopic(route, route.Target.Topic!, outgoing, input ?? outgoing.Event.Json);
    }

    private void AddTopic(TargetRoute route, TopicName topic, OutgoingEvent outgoing, ReadOnlyMemory<byte> input)
    {
        var busEvent = outgoing.Event;
        var message = TopicMessage.Of(definitions, topic, ids.NewId(), busEvent.TakenInAt, busEvent.ToContent(input));
        var resolved = TopicResolver.Resolve(definitions, ids, topic, message);
        if (resolved.IsOk) outgoing.AddTopic(resolved.Value);
        else outgoing.Fail(route, DeliveryError.Of(resolved.Fault));
    }

    /// <summary>Weir's own code: an event that comes to a bus for the second time goes no further.</summary>
    private static DeliveryError Loop(BusName bus) =>
        new("LOOP_DETECTED", $"The event has been on event bus {bus.Name} already.");

    /// <summary>Weir's own code.</summary>
    private static DeliveryError TooManyHops { get; } = new("HOP_LIMIT_EXCEEDED",
        $"The event has gone from bus to bus {HopsMax} times, which is as often as it may.");
}
