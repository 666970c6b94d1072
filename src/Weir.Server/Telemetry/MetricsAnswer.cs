using Weir.Server.Health;

namespace Weir.Server.Telemetry;

/// <summary>Answers all metrics as Prometheus reads them.</summary>
internal sealed class MetricsAnswer(Readiness readiness)
{
    public const string Path = "/_weir/metrics";

    public async Task AnswerAsync(HttpContext context)
    {
        if (!await readiness.AllowsFiguresAsync(context)) return;
        if (readiness.Survey is not { } survey)
        {
            await HealthAnswers.WriteNotReadyAsync(context, readiness.Reason ?? "");
            return;
        }

        var collected = await survey.CollectAsync(context.RequestAborted);
        if (!collected.IsOk)
        {
            await HealthAnswers.WriteNotReadyAsync(context, collected.Fault.Message);
            return;
        }

        context.Response.ContentType = PrometheusWriter.ContentType;
        if (HttpMethods.IsHead(context.Request.Method)) return;
        var output = context.Response.BodyWriter;
        foreach (var metric in MetricTable.All)
        {
            PrometheusWriter.Write(output, metric, collected.Value);
            await output.FlushAsync(context.RequestAborted);
        }
    }
}
