using System.Diagnostics;
using System.Security.Authentication;
using Weir.Broker.Messages;
using Weir.Broker.Telemetry;

namespace Weir.Broker.Delivery;

/// <summary>Makes one call: renders the message, sends it, reads the answer; whatever happens is a result.</summary>
internal sealed class PushCall(Egress egress, TimeProvider time)
{
    /// <exception cref="OperationCanceledException">The dispatcher stops.</exception>
    public async Task<PushAnswer> MakeAsync(PushRoute route, ReceivedMessage message, CancellationToken stop)
    {
        using var span = PushSpans.Start(route, message);
        var answer = await MakeInTimeAsync(route, message, stop).ConfigureAwait(false);
        PushSpans.End(span, answer);
        return answer;
    }

    private async Task<PushAnswer> MakeInTimeAsync(PushRoute route, ReceivedMessage message, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(route.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        try
        {
            var answer = await TryAsync(route, message, either.Token).ConfigureAwait(false);
            return answer is { Kind: PushFailureKind.Status, Status: { } status }
                && route.SendsAgain?.Invoke(status) == true
                ? await TryAsync(route, message, either.Token).ConfigureAwait(false)
                : answer;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new PushAnswer(
                PushFailureKind.Timeout, null, $"No answer within {route.Timeout.TotalSeconds:0.###} s.");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return Failed(failure);
        }
    }

    private async Task<PushAnswer> TryAsync(PushRoute route, ReceivedMessage message, CancellationToken cancel)
    {
        var rendered = await route.Render(message, cancel).ConfigureAwait(false);
        if (rendered.Request is not { } request)
            return new PushAnswer(PushFailureKind.Unrenderable, null, rendered.Reason ?? "There is no request.");
        using (request)
        {
            PassOn(request, message);
            return await SendAsync(request, cancel).ConfigureAwait(false);
        }
    }

    private async Task<PushAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (egress.RefusalOf(request) is { } refusal) return new PushAnswer(PushFailureKind.Refused, null, refusal);
        using var response = await egress.SendAsync(request, cancel).ConfigureAwait(false);
        return await PushAnswer.ReadAsync(response, time.GetUtcNow(), cancel).ConfigureAwait(false);
    }

    // The endpoint goes on with this call's span, or, while nobody listens here, with that of whoever sent the message.
    private static void PassOn(HttpRequestMessage request, ReceivedMessage message)
    {
        var isSent = TraceHeader.TryRead(message.Content.TraceHeader, out var context);
        if (Activity.Current is { } span && span.Source == Tracing.Source) context = span.Context;
        else if (!isSent) return;
        if (!request.Headers.Contains(TraceHeader.W3C))
            request.Headers.TryAddWithoutValidation(TraceHeader.W3C, TraceHeader.WriteTraceparent(context));
    }

    // The client wraps what its connect callback throws.
    internal static PushAnswer Failed(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is EndpointRefusedException) return new(PushFailureKind.Refused, null, cause.Message);
            if (cause is AuthenticationException)
                return new(PushFailureKind.Connection, null, $"There is no TLS connection: {cause.Message}");
        }

        return new PushAnswer(PushFailureKind.Connection, null, failure.Message);
    }
}
