using Microsoft.AspNetCore.Http;
using Weir.Broker.Telemetry;

namespace Weir.Protocols.Aws;

/// <summary>The trace that a request belongs to, for the messages that it brings.</summary>
internal static class RequestTrace
{
    /// <summary>In Amazon's form; null when the request names none.</summary>
    public static string? HeaderOf(HttpRequest request) => TraceHeader.Of(
        request.Headers[TraceHeader.Amazon] is { Count: > 0 } amazon ? amazon.ToString() : null,
        request.Headers[TraceHeader.W3C] is { Count: > 0 } w3c ? w3c.ToString() : null);
}
