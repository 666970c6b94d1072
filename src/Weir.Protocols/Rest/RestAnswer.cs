using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Weir.Protocols.Rest;

/// <summary>Writes answers, each with its length.</summary>
internal static class RestAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        var headers = context.Response.Headers;
        if (problem.RetryAfterSeconds is { } seconds)
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (problem.IsChallenge) headers.WWWAuthenticate = "Basic realm=\"weir\", charset=\"UTF-8\"";
        if (problem.Allow is { } allow) headers.Allow = allow;
        return WriteAsync(context, problem.Status, Problem.ContentType, json =>
        {
            json.WriteString("type", Problem.UrnPrefix + problem.Type);
            json.WriteString("title", problem.Title);
            json.WriteNumber("status", problem.Status);
            json.WriteString("detail", problem.Detail);
        });
    }

    /// <param name="members">Writes the members of one object.</param>
    public static Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> members) =>
        WriteAsync(context, status, "application/json", members);

    public static Task WriteAsync(HttpContext context, int status, string? contentType, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>Says that it is done and that there is nothing to tell: 204, which may have no body.</summary>
    public static void WriteNothing(HttpContext context) =>
        context.Response.StatusCode = StatusCodes.Status204NoContent;

    private static Task WriteAsync(HttpContext context, int status, string contentType, Action<Utf8JsonWriter> members)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return WriteAsync(context, status, contentType, output.WrittenMemory);
    }
}
