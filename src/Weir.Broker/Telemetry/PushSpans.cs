using System.Diagnostics;
using Weir.Broker.Delivery;
using Weir.Broker.Messages;

namespace Weir.Broker.Telemetry;

/// <summary>The spans of calls that deliver messages.</summary>
internal static class PushSpans
{
    /// <summary>A call that delivers a message: part of the trace of whoever sent it.</summary>
    public static Activity? Start(PushRoute route, ReceivedMessage message)
    {
        if (!Tracing.IsOn) return null;

        // What is current here is the request that set the route up, which has nothing to do with the message.
        Activity.Current = null;
        _ = TraceHeader.TryRead(message.Content.TraceHeader, out var sent);
        var span = Tracing.Source.StartActivity($"push {route.Endpoint.Host}", ActivityKind.Client, sent);
        MessageSpans.Describe(span, "push", "process", route.Queue);
        return span?.SetTag("messaging.message.id", message.Lease.MessageId.ToString())
            .SetTag("server.address", route.Endpoint.Host)
            .SetTag("server.port", route.Endpoint.Port)
            .SetTag("http.request.resend_count", message.Lease.ReceiveCount - 1);
    }

    public static void End(Activity? span, PushAnswer answer)
    {
        if (span is null) return;
        if (answer.Status is { } status) span.SetTag("http.response.status_code", status);
        if (answer.Kind is { } kind)
            span.SetStatus(ActivityStatusCode.Error, answer.Error).SetTag("error.type", $"{kind}");
    }
}
