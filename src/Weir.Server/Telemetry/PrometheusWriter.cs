using System.Buffers;
using System.Globalization;
using System.Text;
using Weir.Broker.Telemetry;
using Weir.Engine;

namespace Weir.Server.Telemetry;

/// <summary>Writes metrics as Prometheus reads them.</summary>
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
//
//   # HELP name what it is
//   # TYPE name counter
//   name{label="value",other="value"} 12
internal static class PrometheusWriter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes all values of one metric; nothing when it has none.</summary>
    public static void Write(IBufferWriter<byte> output, MetricDefinition metric, FigureSnapshot snapshot)
    {
        var text = new StringBuilder();
        foreach (var point in metric.Read(snapshot))
        {
            if (text.Length == 0) Head(text, metric);
            if (point.Dwell is { } dwell) Histogram(text, metric.PrometheusName, point.Tags, dwell);
            else Sample(text, metric.PrometheusName, point.Tags, null, Number(point.Value));
        }

        foreach (var chunk in text.GetChunks()) Encoding.UTF8.GetBytes(chunk.Span, output);
    }

    private static void Head(StringBuilder text, MetricDefinition metric)
    {
        var about = metric.About.Replace("\\", @"\\", StringComparison.Ordinal);
        var kind = metric.Kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Histogram => "histogram",
            _ => "gauge",
        };
        text.Append(CultureInfo.InvariantCulture, $"# HELP {metric.PrometheusName} {about}\n")
            .Append(CultureInfo.InvariantCulture, $"# TYPE {metric.PrometheusName} {kind}\n");
    }

    // Each bucket counts those of the buckets before it, too.
    private static void Histogram(StringBuilder text, string name, MetricTag[] tags, DwellTimes dwell)
    {
        var bounds = DwellTimes.BoundsMs;
        var below = 0L;
        for (var i = 0; i < bounds.Length; i++)
        {
            below += dwell.Counts[i];
            Sample(text, name + "_bucket", tags, Number(bounds[i] / 1000.0), Number(below));
        }

        Sample(text, name + "_bucket", tags, "+Inf", Number(dwell.Count));
        Sample(text, name + "_sum", tags, null, Number(dwell.SumMs / 1000.0));
        Sample(text, name + "_count", tags, null, Number(dwell.Count));
    }

    private static void Sample(StringBuilder text, string name, MetricTag[] tags, string? bucket, string value)
    {
        text.Append(name);
        var separator = '{';
        foreach (var tag in tags) Label(text, tag.Name.Replace('.', '_'), tag.Value, ref separator);
        if (bucket is not null) Label(text, "le", bucket, ref separator);
        if (separator == ',') text.Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    private static void Label(StringBuilder text, string name, string value, ref char separator)
    {
        text.Append(separator).Append(name).Append("=\"");
        foreach (var letter in value)
        {
            if (letter == '\n') text.Append("\\n");
            else if (letter is '\\' or '"') text.Append('\\').Append(letter);
            else text.Append(letter);
        }

        text.Append('"');
        separator = ',';
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
