using System.Diagnostics;

namespace Weir.Broker.Telemetry;

/// <summary>
/// The trace context that a message carries, in Amazon's form, which SQS, SNS and EventBridge pass on, and to and from
/// that of the W3C.
/// </summary>
// https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
// https://www.w3.org/TR/trace-context/#traceparent-header
//
//   Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1
//   00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01
public static class TraceHeader
{
    public const string Amazon = "X-Amzn-Trace-Id";
    public const string W3C = "traceparent";

    private const int EpochDigits = 8;
    private const int RootLength = 35;

    /// <summary>What a message keeps of its request's headers: Amazon's as it is, else the W3C's.</summary>
    /// <returns>Null when there is neither.</returns>
    public static string? Of(string? amazon, string? traceparent) =>
        !string.IsNullOrEmpty(amazon) ? amazon
        : ActivityContext.TryParse(traceparent, null, isRemote: true, out var context) ? Write(context)
        : null;

    public static string Write(ActivityContext context)
    {
        var trace = context.TraceId.ToHexString();
        var sampled = (context.TraceFlags & ActivityTraceFlags.Recorded) != 0 ? 1 : 0;
        return $"Root=1-{trace[..EpochDigits]}-{trace[EpochDigits..]};Parent={context.SpanId.ToHexString()};"
            + $"Sampled={sampled}";
    }

    /// <summary>False for what cannot be sent as a header: an entry of an event may hold any text.</summary>
    public static bool IsHeaderValue(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>False for a header that names no span: senders may write anything into it.</summary>
    public static bool TryRead(string? header, out ActivityContext context)
    {
        var (root, parent, flags) = ("", "", "00");
        foreach (var part in (header ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("Root=", StringComparison.Ordinal)) root = part["Root=".Length..];
            else if (part.StartsWith("Parent=", StringComparison.Ordinal)) parent = part["Parent=".Length..];
            else if (part == "Sampled=1") flags = "01";
        }

        context = default;
        if (root.Length != RootLength || !root.StartsWith("1-", StringComparison.Ordinal) || root[10] != '-')
            return false;
        return ActivityContext.TryParse(
            $"00-{root[2..10]}{root[11..]}-{parent}-{flags}", null, isRemote: true, out context);
    }

    /// <summary>A context in the W3C's form.</summary>
    public static string WriteTraceparent(ActivityContext context) =>
        $"00-{context.TraceId.ToHexString()}-{context.SpanId.ToHexString()}-"
        + ((context.TraceFlags & ActivityTraceFlags.Recorded) != 0 ? "01" : "00");
}
