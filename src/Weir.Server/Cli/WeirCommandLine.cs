using System.CommandLine;
using Weir.Server.Cli.Admin;
using Weir.Server.Cli.Doctor;
using Weir.Server.Cli.Queues;

namespace Weir.Server.Cli;

/// <summary>The <c>weir</c> command line: parses, runs one command, and turns its end into an exit code.</summary>
internal static class WeirCommandLine
{
    private const string About = """
        Weir: an integration broker that speaks Amazon SQS and keeps every accepted message on disk.

        Exit codes: 0 done, 1 refused by the server or not ready, 2 a dry run of weir
        apply found differences, 64 wrong arguments or configuration, 65 damaged data,
        69 server unreachable or address not available, 70 the disk failed, 73 data directory not available.
        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = Build().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"weir: {error.Message}");
            await Console.Error.WriteLineAsync("weir: --help shows what there is.");
            return ExitCodes.Usage;
        }

        // Signals are the commands' own business: a server has more to do than stop within a few seconds.
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (CommandFailure failure)
        {
            await Console.Error.WriteLineAsync($"weir: {failure.Message}");
            return failure.ExitCode;
        }
    }

    public static RootCommand Build() => new(About)
    {
        ServeCommand.Build(),
        HealthCommand.Build(),
        StatusCommand.Build(),
        DoctorCommand.Build(),
        VersionCommand.Build(),
        QueueCommand.Build(),
        TenantCommand.Build(),
        KeyCommand.Build(),
        QuotaCommand.Build(),
        AuditCommand.Build(),
        ApplyCommand.Build(),
        ExportCommand.Build(),
    };
}
