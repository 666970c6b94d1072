using Weir.Broker.Telemetry;
using Weir.Protocols.Rest;
using Weir.Server.Health;
using Weir.Server.Status;
using Weir.Server.Telemetry;

namespace Weir.Server.Hosting;

/// <summary>Where a request goes: Weir's own paths to its answers or to REST, all else to Amazon's protocols.</summary>
internal sealed class RequestRouter(Readiness readiness)
{
    private const string OwnPaths = "/_weir/";

    private readonly HealthAnswers _health = new(readiness);
    private readonly StatusAnswer _status = new(readiness);
    private readonly MetricsAnswer _metrics = new(readiness);

    public Task HandleAsync(HttpContext context) =>
        Tracing.IsOn && !(context.Request.Path.Value ?? "").StartsWith(HealthAnswers.Prefix, StringComparison.Ordinal)
            ? RequestSpan.TraceAsync(context, RouteAsync)
            : RouteAsync(context);

    private Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path == StatusAnswer.Path) return _status.AnswerAsync(context);
        if (path == MetricsAnswer.Path) return _metrics.AnswerAsync(context);
        var isRest = RestEndpoint.Serves(path);
        if (!isRest && path.StartsWith(OwnPaths, StringComparison.Ordinal)) return _health.AnswerAsync(context, path);
        if (isRest && BrowserGuard.IsForeign(context.Request.Headers.Origin))
            return RestEndpoint.RefusePageAsync(context);
        if (readiness.Keys is not { IsOpen: false } && BrowserGuard.IsForeign(context.Request.Headers.Origin))
        {
            return HealthAnswers.WriteAsync(
                context, StatusCodes.Status403Forbidden, "error", "Web pages may not call a Weir that takes anybody.");
        }

        if (isRest && readiness.Rest is { } rest) return rest.HandleAsync(context);
        return readiness.Endpoint is { } endpoint
            ? endpoint.HandleAsync(context)
            : HealthAnswers.WriteNotReadyAsync(context, readiness.Reason ?? "");
    }
}
