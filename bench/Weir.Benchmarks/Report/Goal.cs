using System.Globalization;

namespace Weir.Benchmarks.Report;

/// <summary>What a figure, or its ratio to the ceiling beside it, should reach.</summary>
internal sealed record Goal(string Text, Func<Row, bool> IsMet)
{
    public static Goal RatioAtLeast(double ratio) =>
        new(string.Create(CultureInfo.InvariantCulture, $"ratio >= {ratio:0.##}"), row => row.Ratio >= ratio);

    public static Goal RatioAtMost(double ratio) =>
        new(string.Create(CultureInfo.InvariantCulture, $"ratio <= {ratio:0.##}"), row => row.Ratio <= ratio);

    public static Goal Below(double value, string unit) =>
        new(string.Create(CultureInfo.InvariantCulture, $"< {value:0.##} {unit}"), row => row.Median < value);
}
