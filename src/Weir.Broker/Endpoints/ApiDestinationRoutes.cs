using System.Globalization;
using System.Text;
using Weir.Broker.Buses;
using Weir.Broker.Delivery;
using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Engine.Definitions;

namespace Weir.Broker.Endpoints;

/// <summary>Keeps the dispatcher's routes as the rules with API destinations are.</summary>
// Invariants:
// 1. Each target has a queue of its own, made and deleted in the commit that makes and deletes the target.
// 2. What waits there is the event; the request is made of rule, destination and connection as they are at the call.
public sealed class ApiDestinationRoutes(Broker broker, PushDispatcher dispatcher)
{
    /// <summary>As Amazon EventBridge waits for an answer.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DefinitionScope Bus, DefinitionScope? Destinations)> _routes = [];

    /// <summary>To be called at the start, and after each change of rules, connections and API destinations.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            var definitions = broker.Definitions;
            var wanted = new HashSet<string>(StringComparer.Ordinal);
            foreach (var scope in definitions.Scopes.Where(scope => scope.Name.Kind == BusName.ScopeKind))
            {
                var destinations = definitions.Find(
                    new EndpointName(scope.Name.Account, scope.Name.Region, "").Destinations);
                foreach (var target in scope.Compile(static each => new HttpTargets(each)).Targets)
                {
                    var id = target.Target.Queue!.ToString();
                    wanted.Add(id);

                    // Both are immutable: the same ones say the same.
                    if (_routes.GetValueOrDefault(id) == (scope, destinations)) continue;
                    dispatcher.Set(RouteOf(id, target, definitions));
                    _routes[id] = (scope, destinations);
                }
            }

            foreach (var gone in _routes.Keys.Where(id => !wanted.Contains(id)).ToArray())
            {
                dispatcher.Remove(gone);
                _routes.Remove(gone);
            }
        }
    }

    /// <summary>What those share that call the same API destination.</summary>
    internal static string KeyOf(EndpointName destination) => $"api-destination {destination}";

    private PushRoute RouteOf(string id, TargetRoute target, DefinitionCatalog definitions)
    {
        var config = target.Target;
        var destination = EndpointDocuments.FindDestination(definitions, config.ApiDestination!);
        return new PushRoute
        {
            Id = id,
            Queue = config.Queue!,
            Endpoint = EndpointOf(destination),
            Destination = KeyOf(config.ApiDestination!),
            RatePerSecond = destination?.RatePerSecond,
            Timeout = Timeout,
            Retry = RetryPolicy.EventBridge(
                config.RetryAttemptsMax ?? 185,
                config.RetryAgeMaxSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
            Render = (message, cancel) => RenderAsync(target, message, cancel),
            SendsAgain = status => dispatcher.Requests.AsksForNewToken(config.ApiDestination!, status),
            DeadLetter = (message, failure) => new(DeadLetter(target, message, failure)),
        };
    }

    // What is called is what the request says; a route only has to name some address.
    private static Uri EndpointOf(ApiDestinationConfig? destination) => new(
        CallAddress.Fill(
            destination?.Endpoint ?? "http://none.invalid",
            [.. Enumerable.Repeat("x", destination?.PlaceholderCount ?? 0)])!);

    private async ValueTask<PushRequest> RenderAsync(
        TargetRoute target, ReceivedMessage message, CancellationToken cancel)
    {
        var config = target.Target;
        var json = message.Content.Body;
        var parameters = CallParameters.None;
        if (config.Http is { } http)
        {
            var resolved = http.Resolve(json);
            if (!resolved.IsOk) return PushRequest.Unrenderable(resolved.Fault.Message);
            parameters = resolved.Value;
        }

        ReadOnlyMemory<byte> body = json;
        if (!target.Input.IsEvent)
        {
            if (target.Input.Make(EventOf(message)) is not { } input)
                return PushRequest.Unrenderable($"The input path {config.InputPath} leads nowhere in the event.");
            body = input;
        }

        return await dispatcher.Requests.RenderAsync(config.ApiDestination!, body, parameters, cancel)
            .ConfigureAwait(false);
    }

    private static BusEvent EventOf(ReceivedMessage message) => new()
    {
        Id = message.Lease.MessageId,
        Bus = new BusName("", "", BusName.Default),
        Json = message.Content.Body,
        TakenInAt = DateTimeOffset.FromUnixTimeMilliseconds(message.Lease.SentUnixMs),
    };

    private static DeadLetterContent? DeadLetter(TargetRoute target, ReceivedMessage message, PushFailure failure)
    {
        if (target.Target.DeadLetterQueue is not { } queue) return null;
        var letter = new TargetSender(target, EventOf(message)).DeadLetter(
            new DeliveryError(CodeOf(failure), failure.Message));
        var attributes = new List<MessageAttribute>(letter.Attributes)
        {
            Text("RETRY_ATTEMPTS", Math.Max(0, failure.Attempts - 1).ToString(CultureInfo.InvariantCulture)),
        };
        if (failure.GiveUp == GiveUpReason.RetriesUsedUp)
            attributes.Add(Text("EXHAUSTED_RETRY_CONDITION", "MaximumRetryAttempts"));
        if (failure.GiveUp == GiveUpReason.TooOld)
            attributes.Add(Text("EXHAUSTED_RETRY_CONDITION", "MaximumEventAgeInSeconds"));
        return new DeadLetterContent(
            queue, letter with { SenderId = message.Content.SenderId, Attributes = attributes });
    }

    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html names the codes.
    private static string CodeOf(PushFailure failure) => failure.Kind switch
    {
        PushFailureKind.Status when failure.Status == 429 => "THROTTLING",
        PushFailureKind.Status => "SDK_CLIENT_ERROR",
        PushFailureKind.Timeout or PushFailureKind.Expired => "TIMEOUT",
        PushFailureKind.Connection or PushFailureKind.CircuitOpen => "CONNECTION_FAILURE",
        PushFailureKind.Refused => "NO_PERMISSIONS",
        _ => "INVALID_PARAMETER",
    };

    private static MessageAttribute Text(string name, string value) =>
        new(name, "String", Encoding.UTF8.GetBytes(value));

    /// <summary>The targets of a bus's rules that are API destinations; those of disabled rules too, whose events
    /// from before are still to be delivered.</summary>
    private sealed class HttpTargets(DefinitionScope scope)
    {
        public IReadOnlyList<TargetRoute> Targets { get; } =
        [
            .. BusDocuments.Rules(scope).SelectMany(rule => rule.Targets
                .Where(target => target.ApiDestination is not null)
                .Select(target => new TargetRoute(rule, target))),
        ];
    }
}
