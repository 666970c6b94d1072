using System.Text.Json;
using Weir.Server.Health;

namespace Weir.Server.Status;

/// <summary>
/// Answers the figures to whoever asks from this machine, and to admins: they tell how much others store, and nothing
/// more.
/// </summary>
internal sealed class StatusAnswer(Readiness readiness)
{
    public const string Path = "/_weir/status";

    public async Task AnswerAsync(HttpContext context)
    {
        if (!await readiness.AllowsFiguresAsync(context)) return;
        if (readiness.Figures is not { } figures)
        {
            await HealthAnswers.WriteNotReadyAsync(context, readiness.Reason ?? "");
            return;
        }

        await HealthAnswers.WriteAsync(
            context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(StatusReport.Of(figures)));
    }
}
