using System.Diagnostics;

namespace Weir.WireTests.Server;

/// <summary>How a command of the command line ended.</summary>
public sealed record WeirResult(int ExitCode, string Output, string Errors);

/// <summary>The program's other commands, each a process as a person would start it.</summary>
public static class WeirCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<WeirResult> RunAsync(
        WeirServer server, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(WeirServer.ProgramPath, [.. arguments, "--endpoint", $"{server.Url}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = server.Data,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        return new WeirResult(process.ExitCode, await output, await errors);
    }
}
