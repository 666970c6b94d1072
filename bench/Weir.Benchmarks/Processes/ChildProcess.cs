using System.Diagnostics;
using System.Globalization;

namespace Weir.Benchmarks.Processes;

/// <summary>
/// A process of the benchmark's own, at the head of a group of its own, killed with all that it started. The ids of
/// those that live stand in a file, by which bench/run ends what is left when this program itself was killed.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly HashSet<int> Living = [];

    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>The file that ids are noted in; null: none.</summary>
    public static string? IdFile { get; set; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="log">Where its output goes; it is shown when something fails.</param>
    public static ChildProcess Start(
        string command, IEnumerable<string> arguments, Dictionary<string, string> environment, string log)
    {
        // setsid(1) becomes the command itself, so the id is the command's and its group's.
        var process = Launch("setsid", [command, .. arguments], environment);
        Note(process.Id, isLiving: true);
        var writer = new StreamWriter(log, append: true) { AutoFlush = true };
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process);

        void Write(string? line)
        {
            if (line is null) return;
            lock (writer) writer.WriteLine(line);
        }
    }

    public static async Task<string> OutputOfAsync(
        string command, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        using var process = Launch(command, arguments, environment);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{command} ended with {process.ExitCode}: {output}{await errors}");
    }

    /// <summary>Asks the process to stop, and waits until it has.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(StopMax);
    }

    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Note(Id, isLiving: false);
        _process.Dispose();
    }

    private static Process Launch(
        string command, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static void Note(int id, bool isLiving)
    {
        lock (Living)
        {
            _ = isLiving ? Living.Add(id) : Living.Remove(id);
            if (IdFile is not null)
                File.WriteAllLines(IdFile, Living.Select(static one => one.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
