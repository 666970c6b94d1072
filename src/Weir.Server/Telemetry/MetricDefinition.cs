using Weir.Broker.Telemetry;
using Weir.Engine;

namespace Weir.Server.Telemetry;

internal enum MetricKind
{
    /// <summary>Only rises while the process runs.</summary>
    Counter,

    Gauge,

    /// <summary>Counts in buckets; in the Prometheus text only.</summary>
    Histogram,
}

/// <summary>What sets a point apart from others of its metric.</summary>
internal readonly record struct MetricTag(string Name, string Value);

/// <summary>One value of a metric.</summary>
/// <param name="Dwell">Of a histogram, in the place of the value.</param>
internal readonly record struct MetricPoint(double Value, MetricTag[] Tags, DwellTimes? Dwell = null);

/// <summary>A metric, and where its values are read. Every reporter shows the same ones.</summary>
/// <param name="Name">As OpenTelemetry writes names: with dots, without the unit.</param>
/// <param name="Unit">Of the UCUM: <c>By</c>, <c>s</c>, <c>1</c> for a share, <c>{message}</c> for a count.</param>
internal sealed record MetricDefinition(
    string Name, MetricKind Kind, string Unit, string About, Func<FigureSnapshot, IEnumerable<MetricPoint>> Read)
{
    /// <summary>False for times and shares.</summary>
    public bool IsWhole => Unit is not ("s" or "1");

    /// <summary>As Prometheus writes names: with underscores, the unit in words, counters ending in _total.</summary>
    // https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
    public string PrometheusName { get; } = Name.Replace('.', '_')
        + Unit switch { "By" => "_bytes", "s" => "_seconds", "1" => "_ratio", _ => "" }
        + (Kind == MetricKind.Counter ? "_total" : "");
}
