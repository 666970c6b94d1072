using System.Text.Json;

namespace Weir.Server.Health;

/// <summary>
/// What Weir says about itself, in JSON: alive as long as it answers at all; ready while the journal is open and has
/// not failed.
/// </summary>
internal sealed class HealthAnswers(Readiness readiness)
{
    public const string Prefix = "/_weir/health/";
    public const string LivePath = "/_weir/health/live";
    public const string ReadyPath = "/_weir/health/ready";
    public const string VersionPath = "/_weir/version";

    public Task AnswerAsync(HttpContext context, string path)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "error", "Only GET is answered here.");
        return path switch
        {
            LivePath => WriteAsync(context, StatusCodes.Status200OK, "status", "live"),
            ReadyPath when readiness.Reason is { } reason => WriteNotReadyAsync(context, reason),
            ReadyPath => WriteAsync(context, StatusCodes.Status200OK, "status", "ready"),
            VersionPath => WriteAsync(context, StatusCodes.Status200OK, "version", ServerVersion.Text),
            _ => WriteAsync(context, StatusCodes.Status404NotFound, "error", $"Nothing is here; see {ReadyPath}."),
        };
    }

    public static Task WriteNotReadyAsync(HttpContext context, string reason)
    {
        context.Response.Headers.RetryAfter = "1";
        return WriteAsync(
            context, StatusCodes.Status503ServiceUnavailable, "status", "not ready", "reason", reason);
    }

    public static Task WriteAsync(HttpContext context, int status, params ReadOnlySpan<string> namesAndValues)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            for (var i = 0; i < namesAndValues.Length; i += 2)
                json.WriteString(namesAndValues[i], namesAndValues[i + 1]);
            json.WriteEndObject();
        }

        return WriteAsync(context, status, buffer.ToArray());
    }

    public static Task WriteAsync(HttpContext context, int status, byte[] json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }
}
