namespace Weir.Server.Options;

/// <summary>
/// Where metrics, traces and logs are sent by OTLP: the standard variables of OpenTelemetry, and Weir's own option. Off
/// without an endpoint.
/// </summary>
// https://opentelemetry.io/docs/specs/otel/protocol/exporter/
internal sealed record TelemetryOptions
{
    public const string HttpProtobuf = "http/protobuf";
    public const string Grpc = "grpc";

    /// <summary>
    /// The collector, such as http://127.0.0.1:4318: <c>Telemetry:Endpoint</c>, else OTEL_EXPORTER_OTLP_ENDPOINT.
    /// Default: none, and nothing is sent.
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary><c>http/protobuf</c> or <c>grpc</c>: OTEL_EXPORTER_OTLP_PROTOCOL. Default http/protobuf.</summary>
    public string Protocol { get; init; } = HttpProtobuf;

    /// <summary>Sent with each request, as name=value,name=value: OTEL_EXPORTER_OTLP_HEADERS. Default: none.</summary>
    public string? Headers { get; init; }

    /// <summary>What the process is called: OTEL_SERVICE_NAME. Default: weir.</summary>
    public string? ServiceName { get; init; }

    /// <summary>Between two exports of metrics, 1 s to 1 h: OTEL_METRIC_EXPORT_INTERVAL, in ms. Default 60 s.
    /// </summary>
    public TimeSpan MetricInterval { get; init; } = TimeSpan.FromSeconds(60);
}
