using System.Diagnostics;
using System.Reflection;

namespace Weir.WireTests.Power;

/// <summary>
/// Makes a kill of the server a loss of power: what no sync has covered is gone, all of it or some sectors of it. Two
/// small programs in C do it, which are compiled here: one is loaded into the server and notes how to undo each change
/// of its data directory, the other undoes what was not synced.
/// </summary>
public sealed class PowerSwitch : IDisposable
{
    private static readonly Lazy<string> Programs = new(Compile);

    private readonly string _directory = Directory.CreateTempSubdirectory("weir-power-").FullName;

    private string Log => Path.Combine(_directory, "undo");

    /// <summary>The disk says yes to every sync and does none: with it, a test must find loss.</summary>
    public bool Forgets { get; init; }

    /// <summary>What the server is started with.</summary>
    public IReadOnlyDictionary<string, string> Environment(string dataDirectory)
    {
        var variables = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Path.Combine(Programs.Value, "watch.so"),
            ["WEIR_POWER_DIR"] = dataDirectory,
            ["WEIR_POWER_LOG"] = Log,
        };
        if (Forgets) variables["WEIR_POWER_FORGET"] = "1";
        return variables;
    }

    /// <summary>The Nth write or sync of the running server from now on reports EIO, and every later one.</summary>
    public void Fail(string call, int count)
    {
        File.WriteAllText(Log + ".new", $"{call} {count}");
        File.Move(Log + ".new", Log + ".fail");
    }

    /// <summary>The power comes back after the server was killed; what was lost, in words.</summary>
    public async Task<string> LoseAsync(string dataDirectory, int seed)
    {
        var lost = await RunAsync(Path.Combine(Programs.Value, "lose"), dataDirectory, Log, $"{seed}");
        foreach (var file in Directory.GetFiles(_directory)) File.Delete(file);
        return lost;
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Compile()
    {
        var source = typeof(PowerSwitch).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(metadata => metadata.Key == "TestDirectory").Value!;
        var target = Directory.CreateTempSubdirectory("weir-power-tools-").FullName;
        string Source(string name) => Path.Combine(source, "Power", name);
        string Target(string name) => Path.Combine(target, name);
        RunAsync("gcc", "-O2", "-shared", "-fPIC", "-o", Target("watch.so"), Source("watch.c"), "-ldl", "-lpthread")
            .GetAwaiter().GetResult();
        RunAsync("gcc", "-O2", "-o", Target("lose"), Source("lose.c")).GetAwaiter().GetResult();
        return target;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}");
    }
}
