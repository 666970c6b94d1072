using System.Diagnostics;
using System.Globalization;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;

namespace Weir.Benchmarks.SideBySide;

/// <summary>What every section works with: the options, the servers, a place for data, and the table.</summary>
internal sealed class Bench(BenchOptions options)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<Row> _rows = [];
    private int _directories;

    public BenchOptions Options { get; } = options;

    public Servers Servers { get; } = new(options.Directory);

    /// <summary>In the order of their sections, which is that of <see cref="SectionNames"/>.</summary>
    public IReadOnlyList<Row> Rows => [.. _rows.OrderBy(static row => SectionNames.All.IndexOf(row.Section))];

    public void Add(params ReadOnlySpan<Row> rows) => _rows.AddRange(rows);

    /// <summary>A line that says how far the run is; the table alone goes to standard output.</summary>
    public void Say(string progress) => Console.Error.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"[{_clock.Elapsed.TotalSeconds,5:0.0} s] {progress}"));

    public string NewDirectory(string name) =>
        Directory.CreateDirectory(Path.Combine(Options.Directory, $"{name}-{++_directories}")).FullName;

    /// <summary>Measures the ceiling and Weir in turn, so that what changes meanwhile changes both.</summary>
    public async Task<(List<TCeiling> Ceiling, List<TWeir> Weir)> InTurnAsync<TCeiling, TWeir>(
        string name, Func<Task<TCeiling>> ceiling, Func<Task<TWeir>> weir)
    {
        var (ceilings, weirs) = (new List<TCeiling>(), new List<TWeir>());
        for (var round = 1; round <= Options.Rounds; round++)
        {
            Say($"{name}, round {round} of {Options.Rounds}");
            ceilings.Add(await ceiling());
            weirs.Add(await weir());
        }

        return (ceilings, weirs);
    }

    public async Task<List<T>> RepeatAsync<T>(string name, Func<Task<T>> measure)
    {
        var results = new List<T>();
        for (var round = 1; round <= Options.Rounds; round++)
        {
            Say($"{name}, round {round} of {Options.Rounds}");
            results.Add(await measure());
        }

        return results;
    }
}
