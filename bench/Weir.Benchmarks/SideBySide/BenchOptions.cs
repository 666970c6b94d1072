namespace Weir.Benchmarks.SideBySide;

/// <summary>How long a run takes and what it leaves behind.</summary>
internal sealed record BenchOptions
{
    public const string Usage =
        "side-by-side --weir BINARY --run SCRIPT --directory DIRECTORY [--quick] [--only SECTION] [--json FILE]";

    /// <summary>The server's binary.</summary>
    public required string Weir { get; init; }

    /// <summary>The script that a user starts it with.</summary>
    public required string RunScript { get; init; }

    /// <summary>Where data goes; on a real disk.</summary>
    public required string Directory { get; init; }

    public string? Json { get; init; }

    /// <summary>Only the sections whose names begin so.</summary>
    public string Only { get; init; } = "";

    public bool IsQuick { get; init; }

    public int Rounds => IsQuick ? 3 : 5;

    /// <summary>Length of one HTTP round.</summary>
    public double RoundSeconds => IsQuick ? 1 : 3;

    public int BacklogMessages => IsQuick ? 100_000 : 1_000_000;

    /// <summary>Messages that wait in the deepest queue.</summary>
    public int DeepMessages => IsQuick ? 500_000 : 10_000_000;

    public int ManyQueues => IsQuick ? 5_000 : 100_000;

    /// <summary>Messages of one round that are pushed to an endpoint.</summary>
    public int PushMessages => IsQuick ? 2_000 : 10_000;

    /// <summary>Schedules in the server, most of them not due while it runs.</summary>
    public int Schedules => IsQuick ? 10_000 : 100_000;

    /// <summary>Messages of one round that receives and deletes.</summary>
    public int DrainMessages => IsQuick ? 10_000 : 50_000;

    /// <summary>Messages of one round that measures latency.</summary>
    public int LatencyMessages => IsQuick ? 100 : 400;

    /// <summary>Null when an argument is missing or unknown.</summary>
    public static BenchOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--quick") given["--quick"] = "";
            else if (arguments[i] is "--weir" or "--run" or "--directory" or "--json" or "--only"
                && i + 1 < arguments.Length)
                given[arguments[i]] = arguments[++i];
            else return null;
        }

        if (!given.TryGetValue("--weir", out var weir) || !given.TryGetValue("--run", out var run)
            || !given.TryGetValue("--directory", out var directory))
            return null;
        return new BenchOptions
        {
            Weir = weir,
            RunScript = run,
            Directory = directory,
            Json = given.GetValueOrDefault("--json"),
            Only = given.GetValueOrDefault("--only", ""),
            IsQuick = given.ContainsKey("--quick"),
        };
    }
}
