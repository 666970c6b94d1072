using System.Net;
using System.Text.Json;
using Weir.Server.Health;

namespace Weir.Server.Status;

/// <summary>
/// Answers the figures to whoever asks from this machine: they tell how much others store, and nothing more.
/// </summary>
internal sealed class StatusAnswer(Readiness readiness)
{
    public const string Path = "/_weir/status";

    public Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return HealthAnswers.WriteAsync(
                context, StatusCodes.Status405MethodNotAllowed, "error", "Only GET is answered here.");
        }

        if (context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            return HealthAnswers.WriteAsync(
                context, StatusCodes.Status403Forbidden, "error", "The status is told on Weir's own machine only.");
        }

        return readiness.Figures is { } figures
            ? HealthAnswers.WriteAsync(context, StatusCodes.Status200OK,
                JsonSerializer.SerializeToUtf8Bytes(StatusReport.Of(figures)))
            : HealthAnswers.WriteNotReadyAsync(context, readiness.Reason ?? "");
    }
}
