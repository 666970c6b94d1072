using System.Net;
using Weir.Broker;
using Weir.Broker.Telemetry;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws;
using Weir.Protocols.Rest;

namespace Weir.Server.Health;

/// <summary>
/// Whether the broker can serve, seen by every request and moved on by the server alone:
/// <code>
/// opening --> ready --> stopping
///                \----> failed
/// </code>
/// </summary>
internal sealed class Readiness
{
    private volatile Moment _now = new(null, null, null, null, null, "The data directory is being opened.");

    /// <summary>Null unless ready.</summary>
    public AwsEndpoint? Endpoint => _now.Endpoint;

    /// <summary>Null unless ready.</summary>
    public RestEndpoint? Rest => _now.Rest;

    /// <summary>Whom to take; null until that is known.</summary>
    public KeyRing? Keys => _now.Keys;

    /// <summary>What the broker holds; null until there is one.</summary>
    public BrokerFigures? Figures => _now.Figures?.Invoke();

    /// <summary>Collects all figures; null until there is a broker.</summary>
    public FigureSurvey? Survey => _now.Survey;

    /// <summary>Null when ready.</summary>
    public string? Reason => _now.Reason;

    public void Ready(
        AwsEndpoint endpoint, RestEndpoint rest, KeyRing keys, Func<BrokerFigures> figures, FigureSurvey survey) =>
        _now = new(endpoint, rest, keys, figures, survey, null);

    /// <summary>
    /// Whether a caller may see figures: from this machine anybody, from others who shows an admin key, once it is
    /// known who has one. Another is answered here.
    /// </summary>
    public async ValueTask<bool> AllowsFiguresAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            await HealthAnswers.WriteAsync(
                context, StatusCodes.Status405MethodNotAllowed, "error", "Only GET is answered here.");
            return false;
        }

        if (context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address)) return true;
        if (Rest is { } rest) return await rest.AllowsAdminAsync(context);
        await HealthAnswers.WriteNotReadyAsync(context, Reason ?? "");
        return false;
    }

    /// <summary>Requests under way still reach the broker, which answers them; nobody new should come.</summary>
    public void Stopping() => _now = _now with { Reason = "Weir is stopping." };

    public void Failed() => _now = _now with
    {
        Reason = "The disk failed. Nothing is acknowledged any more; see the log and restart Weir.",
    };

    private sealed record Moment(
        AwsEndpoint? Endpoint, RestEndpoint? Rest, KeyRing? Keys, Func<BrokerFigures>? Figures, FigureSurvey? Survey,
        string? Reason);
}
