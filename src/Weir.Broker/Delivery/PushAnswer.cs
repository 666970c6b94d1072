using System.Text;

namespace Weir.Broker.Delivery;

/// <summary>What came of one call.</summary>
/// <param name="Kind">Null: delivered.</param>
/// <param name="RetryAfter">How long the endpoint asked to be left alone.</param>
/// <param name="Body">The beginning of the answer, for the history.</param>
internal sealed record PushAnswer(
    PushFailureKind? Kind, int? Status, string Error, TimeSpan? RetryAfter = null, string Body = "")
{
    private const int BodyBytesMax = 256;

    /// <summary>True when the endpoint asks for less.</summary>
    public bool IsThrottled => Status == 429 || (Status == 503 && RetryAfter is not null);

    public CallVerdict Verdict => Kind switch
    {
        PushFailureKind.Timeout or PushFailureKind.Connection => CallVerdict.Failed,
        PushFailureKind.Status when IsThrottled => CallVerdict.Throttled,
        PushFailureKind.Status when Status >= 500 => CallVerdict.Failed,
        null or PushFailureKind.Status => CallVerdict.Answered,
        _ => CallVerdict.CalledOff,
    };

    public static async Task<PushAnswer> ReadAsync(
        HttpResponseMessage response, DateTimeOffset now, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        var body = await ReadBodyAsync(response, cancel).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? new PushAnswer(null, status, "", Body: body)
            : new PushAnswer(
                PushFailureKind.Status, status, $"The endpoint answered {status}.", RetryAfterOf(response, now), body);
    }

    // https://www.rfc-editor.org/rfc/rfc9110#field.retry-after: seconds, or a date.
    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.Headers.RetryAfter is not { } header) return null;
        var wait = header.Delta ?? header.Date!.Value - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    // The status has decided already: a body that breaks off or hangs is worth what came of it.
    private static async Task<string> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var buffer = new byte[BodyBytesMax];
        var length = 0;
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            while (length < buffer.Length)
            {
                var read = await body.ReadAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false);
                if (read == 0) break;
                length += read;
            }
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OperationCanceledException)
        {
            return Encoding.UTF8.GetString(buffer, 0, length);
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
