using System.Globalization;
using System.Text.Json;
using Weir.Benchmarks.Processes;

namespace Weir.Benchmarks.Http;

/// <summary>One run of wrk: so many requests in so long, and how long they took.</summary>
internal sealed record WrkResult(long Requests, double Seconds, TimeSpan P50, TimeSpan P99)
{
    public double PerSecond => Requests / Seconds;
}

/// <summary>
/// Drives a server with wrk(1), by one thread, since it may share two cores with the server that it measures.
/// </summary>
internal static class Wrk
{
    public const int Connections = 64;

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Http", "wrk.lua");

    public static async Task<WrkResult> RunAsync(
        int port, ReadOnlyMemory<byte> request, double seconds, string directory, int connections = Connections)
    {
        var file = Path.Combine(directory, "wrk.request");
        await File.WriteAllBytesAsync(file, request);
        var duration = Math.Max(1, Math.Round(seconds)).ToString(CultureInfo.InvariantCulture);
        var output = await ChildProcess.OutputOfAsync(
            "wrk",
            ["-t1", $"-c{connections}", $"-d{duration}s", "-s", Script, $"http://127.0.0.1:{port}/"],
            new() { ["WEIR_BENCH_REQUEST"] = file });
        return Parse(output);
    }

    private static WrkResult Parse(string output)
    {
        var line = output.Split('\n').LastOrDefault(static line => line.StartsWith('{'))
            ?? throw new InvalidOperationException($"wrk said: {output}");
        var json = JsonDocument.Parse(line).RootElement;
        var (refused, broken) = (Number("refused"), Number("broken"));
        if (refused + broken > 0)
            throw new InvalidOperationException($"{refused} requests were refused and {broken} broke off.");
        return new WrkResult(
            Number("requests"), Number("microseconds") / 1e6,
            TimeSpan.FromMicroseconds(Number("p50")), TimeSpan.FromMicroseconds(Number("p99")));

        long Number(string name) => json.GetProperty(name).GetInt64();
    }
}
