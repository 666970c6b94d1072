using System.Diagnostics;
using System.Globalization;

namespace Weir.Benchmarks.Processes;

/// <summary>
/// A process of the benchmark's own, killed with it. Each id is also noted in a file, by which bench/run ends what is
/// left when this program itself was killed.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
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
        var process = Launch(command, arguments, environment);
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
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
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
        var process = Process.Start(start)!;
        if (IdFile is not null) File.AppendAllLines(IdFile, [process.Id.ToString(CultureInfo.InvariantCulture)]);
        return process;
    }
}
