using System.Globalization;

namespace Weir.Server.Options;

/// <summary>Reads what is said of OTLP: Weir's own option, and the standard variables beside Weir's section.</summary>
internal static class TelemetryOptionsReader
{
    private const string EndpointName = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ProtocolName = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string IntervalName = "OTEL_METRIC_EXPORT_INTERVAL";
    private const long IntervalMsMin = 1_000;
    private const long IntervalMsMax = 3_600_000;

    public static TelemetryOptions Read(OptionReader own, IConfiguration all)
    {
        var standard = new TelemetryOptions();
        var endpoint = ReadUrl(own.Text(nameof(TelemetryOptions.Endpoint), ""), text =>
            own.Complain(nameof(TelemetryOptions.Endpoint), text, "give a base such as http://127.0.0.1:4318"));
        if (bool.TryParse(all["OTEL_SDK_DISABLED"], out var isDisabled) && isDisabled) return standard;
        endpoint ??= ReadUrl(all[EndpointName] ?? "", text =>
            own.Problems.Add($"{EndpointName} is '{text}': give a base such as http://127.0.0.1:4318."));
        if (endpoint is null) return standard;
        return new TelemetryOptions
        {
            Endpoint = endpoint,
            Protocol = ReadProtocol(own, all[ProtocolName]),
            Headers = NullIfEmpty(all["OTEL_EXPORTER_OTLP_HEADERS"]),
            ServiceName = NullIfEmpty(all["OTEL_SERVICE_NAME"]),
            MetricInterval = ReadInterval(own, all[IntervalName]) ?? standard.MetricInterval,
        };
    }

    private static Uri? ReadUrl(string text, Action<string> complain)
    {
        if (text.Length == 0) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
        complain(text);
        return null;
    }

    private static string ReadProtocol(OptionReader own, string? text)
    {
        if (string.IsNullOrEmpty(text) || text is TelemetryOptions.HttpProtobuf) return TelemetryOptions.HttpProtobuf;
        if (text is TelemetryOptions.Grpc) return text;
        own.Problems.Add(
            $"{ProtocolName} is '{text}': give {TelemetryOptions.HttpProtobuf} or {TelemetryOptions.Grpc}.");
        return TelemetryOptions.HttpProtobuf;
    }

    private static TimeSpan? ReadInterval(OptionReader own, string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            && ms is >= IntervalMsMin and <= IntervalMsMax)
            return TimeSpan.FromMilliseconds(ms);
        own.Problems.Add(
            $"{IntervalName} is '{text}': give a whole number of ms from {IntervalMsMin} to {IntervalMsMax}.");
        return null;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
