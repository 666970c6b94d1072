using System.Diagnostics;
using Weir.Broker.Telemetry;

namespace Weir.Server.Telemetry;

/// <summary>The span of a request; it goes on with the trace that the request names.</summary>
// https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server
internal static class RequestSpan
{
    private const int FailureMin = 500;

    public static async Task TraceAsync(HttpContext context, Func<HttpContext, Task> handle)
    {
        var headers = context.Request.Headers;
        var header = TraceHeader.Of(null, headers[TraceHeader.W3C]) ?? headers[TraceHeader.Amazon].ToString();
        _ = TraceHeader.TryRead(header, out var caller);

        // The web server may have made an activity of its own that nobody records: it is no parent.
        Activity.Current = null;
        var target = headers["X-Amz-Target"].ToString();
        using var span = Tracing.Source.StartActivity(
            target.Length > 0 ? target : context.Request.Method, ActivityKind.Server, caller);
        span?.SetTag("http.request.method", context.Request.Method).SetTag("url.path", context.Request.Path.Value);
        await handle(context);
        span?.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= FailureMin) span?.SetStatus(ActivityStatusCode.Error);
    }
}
