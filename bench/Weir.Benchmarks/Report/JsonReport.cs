using System.Text.Json;

namespace Weir.Benchmarks.Report;

/// <summary>The run for machines: every sample, so that another median or spread can be taken.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static async Task WriteAsync(string path, Machine machine, DateTimeOffset at, IEnumerable<Row> rows)
    {
        var report = new
        {
            At = at,
            Machine = machine,
            Rows = rows.Select(static row => new
            {
                row.Section, row.Name, row.Unit, row.Median, row.Weir, row.Against, row.CeilingMedian, row.Ceiling,
                row.Ratio, Goal = row.Goal?.Text, row.IsMet,
            }),
        };
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, report, Options);
    }
}
