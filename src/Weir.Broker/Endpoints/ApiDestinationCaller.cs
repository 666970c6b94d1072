using Weir.Broker.Delivery;

namespace Weir.Broker.Endpoints;

/// <summary>What came of a call: an answer, or why there is none.</summary>
/// <param name="Status">Null: there is no answer.</param>
/// <param name="Body">At most <see cref="ApiDestinationCaller.BodyBytesMax"/>.</param>
/// <param name="Kind">Null: the endpoint answered 2xx with a body that is not too long.</param>
/// <param name="Error">A sentence for people; empty when nothing is wrong.</param>
public sealed record CallAnswer(int? Status, ReadOnlyMemory<byte> Body, PushFailureKind? Kind, string Error)
{
    public bool IsOk => Kind is null;

    /// <summary>True when the same call may go better later: no answer, 401, 407, 409, 429 and 5xx.</summary>
    public bool IsWorthRetry => Kind is PushFailureKind.Timeout or PushFailureKind.Connection
        || (Kind is PushFailureKind.Status && Status is 401 or 407 or 409 or 429 or >= 500);
}

/// <summary>
/// Calls an API destination and waits for what it answers, under its connection, its rate and the rules for addresses
/// that hold for everything that Weir calls. It tries once; whoever calls decides whether to try again.
/// </summary>
public sealed class ApiDestinationCaller(Broker broker, PushDispatcher dispatcher)
{
    /// <summary>Of an answer. A longer one is a failure: half of it would be taken for the whole.</summary>
    public const int BodyBytesMax = 1 << 20;

    /// <summary>For a whole call, the wait for the rate not included. As Amazon EventBridge's.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Destinations whose rate is remembered between calls; past it they are begun anew.</summary>
    private const int DestinationsMax = 1_024;

    private const int ConcurrencyMax = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DestinationState> _destinations = new(StringComparer.Ordinal);

    /// <param name="body">JSON.</param>
    /// <param name="parameters">What goes with it; values are sent as they are.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<CallAnswer> CallAsync(
        EndpointName destination, ReadOnlyMemory<byte> body, CallParameters parameters, CancellationToken cancel)
    {
        if (EndpointDocuments.FindDestination(broker.Definitions, destination) is not { } config)
        {
            return new CallAnswer(
                null, default, PushFailureKind.Unrenderable, $"The API destination {destination.Name} does not exist.");
        }

        var state = Attach(destination.Account, ApiDestinationRoutes.KeyOf(destination));
        try
        {
            return await EnterAsync(state, config, destination, body, parameters, cancel).ConfigureAwait(false);
        }
        finally
        {
            dispatcher.Gate.Detach(state);
        }
    }

    private async Task<CallAnswer> EnterAsync(
        DestinationState state, ApiDestinationConfig config, EndpointName destination, ReadOnlyMemory<byte> body,
        CallParameters parameters, CancellationToken cancel)
    {
        var gate = dispatcher.Gate;
        var ticket = gate.Queue(state, ConcurrencyMax, config.RatePerSecond);
        try
        {
            await ticket.Entered.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (!gate.TryLeave(ticket)) gate.End(ticket, CallVerdict.CalledOff);
            throw;
        }

        var (verdict, pause) = (CallVerdict.CalledOff, (TimeSpan?)null);
        try
        {
            var answer = await CallOnceAsync(destination, body, parameters, cancel).ConfigureAwait(false);
            (verdict, pause) = VerdictOf(answer);
            return answer;
        }
        finally
        {
            gate.End(ticket, verdict, pause);
        }
    }

    private async Task<CallAnswer> CallOnceAsync(
        EndpointName destination, ReadOnlyMemory<byte> body, CallParameters parameters, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(Timeout, broker.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            var answer = await SendAsync(destination, body, parameters, either.Token).ConfigureAwait(false);
            return answer.Status is { } status && dispatcher.Requests.AsksForNewToken(destination, status)
                ? await SendAsync(destination, body, parameters, either.Token).ConfigureAwait(false)
                : answer;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new CallAnswer(
                null, default, PushFailureKind.Timeout, $"No answer within {Timeout.TotalSeconds:0.###} s.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or EndpointRefusedException)
        {
            var failed = PushCall.Failed(failure);
            return new CallAnswer(null, default, failed.Kind, failed.Error);
        }
    }

    private async Task<CallAnswer> SendAsync(
        EndpointName destination, ReadOnlyMemory<byte> body, CallParameters parameters, CancellationToken cancel)
    {
        var rendered = await dispatcher.Requests.RenderAsync(destination, body, parameters, cancel)
            .ConfigureAwait(false);
        if (rendered.Request is not { } request)
            return new CallAnswer(null, default, PushFailureKind.Unrenderable, rendered.Reason ?? "");
        using (request)
        {
            if (dispatcher.Egress.RefusalOf(request) is { } refusal)
                return new CallAnswer(null, default, PushFailureKind.Refused, refusal);
            using var response = await dispatcher.Egress.SendAsync(request, cancel).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            var read = await BoundedBody.ReadAsync(response, BodyBytesMax, cancel).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                return new CallAnswer(
                    status, read.Bytes, PushFailureKind.Status, $"The endpoint answered {status}.");
            }

            return read.IsWhole
                ? new CallAnswer(status, read.Bytes, null, "")
                : new CallAnswer(status, default, PushFailureKind.Unrenderable,
                    $"The endpoint answered more than {BodyBytesMax} bytes.");
        }
    }

    private static (CallVerdict, TimeSpan?) VerdictOf(CallAnswer answer) => answer.Kind switch
    {
        PushFailureKind.Timeout or PushFailureKind.Connection => (CallVerdict.Failed, null),
        PushFailureKind.Status when answer.Status == 429 => (CallVerdict.Throttled, TimeSpan.Zero),
        PushFailureKind.Status when answer.Status >= 500 => (CallVerdict.Failed, null),
        _ when answer.Status is null => (CallVerdict.CalledOff, null),
        _ => (CallVerdict.Answered, null),
    };

    /// <summary>Attaches once for the call, and once more so that its rate is remembered after it.</summary>
    private DestinationState Attach(string account, string key)
    {
        lock (_lock)
        {
            var state = dispatcher.Gate.Attach(account, key);
            if (_destinations.ContainsKey(key)) return state;
            if (_destinations.Count >= DestinationsMax)
            {
                foreach (var idle in _destinations.Values) dispatcher.Gate.Detach(idle);
                _destinations.Clear();
            }

            return _destinations[key] = dispatcher.Gate.Attach(account, key);
        }
    }
}
