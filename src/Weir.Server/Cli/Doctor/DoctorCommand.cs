using System.CommandLine;
using Weir.Broker.Survey;
using Weir.Journal;

namespace Weir.Server.Cli.Doctor;

/// <summary>
/// <c>weir doctor</c>: looks at a data directory that no server has open, and takes out what is readable.
/// </summary>
internal static class DoctorCommand
{
    private const string About = """
        Look at a data directory, changing nothing: its files, the first damage, what can be read. No server may have it
        open. Exit code 0: a server starts on it; 65: it is damaged; 73: it cannot be opened.

        Example:
          weir doctor ./weir-data --export messages.jsonl
        """;

    private const string LockFile = "weir.lock";

    private static readonly Argument<string> Data = new("directory") { Description = "The data directory." };

    private static readonly Option<bool> Json = new("--json") { Description = "Write JSON, for machines." };

    private static readonly Option<string?> Export = new("--export")
    {
        Description = "Write every readable message to this file, one JSON object a line. It must not exist yet.",
        HelpName = "file",
    };

    public static Command Build()
    {
        var command = new Command("doctor", About) { Data, Json, Export };
        command.SetAction(static parsed => Run(
            parsed.GetRequiredValue(Data), parsed.GetValue(Json), parsed.GetValue(Export)));
        return command;
    }

    private static int Run(string directory, bool asJson, string? export)
    {
        var disk = new FileDisk();
        try
        {
            var target = Path.GetFullPath(export ?? ".");
            if (export is not null && Has(disk, Path.GetDirectoryName(target)!, Path.GetFileName(target)))
                throw new CommandFailure(ExitCodes.Usage, $"{export} is there already: name a new file for --export.");
            using var held = Hold(disk, directory);
            using var survey = DataSurvey.Take(
                directory, disk, static name => Console.Error.WriteLine($"reading {name} ..."));
            var exported = export is null ? null : MessageExport.Write(survey, disk, export);
            var report = new DoctorReport(directory, survey, export, exported);
            Console.Out.WriteLine(asJson ? report.ToJson().ToJsonString() : report.ToString());
            return survey.Damage is null ? ExitCodes.Done : ExitCodes.DataCorrupt;
        }
        catch (JournalDiskException failure)
        {
            throw new CommandFailure(
                ExitCodes.DataUnavailable, $"{directory} cannot be looked at: {failure.Message}");
        }
    }

    private static bool Has(FileDisk disk, string directory, string name) =>
        disk.List(directory).Contains(name, StringComparer.Ordinal);

    /// <summary>Keeps servers out meanwhile. A directory without a lock file, such as a copy, gets none.</summary>
    private static IDisposable? Hold(FileDisk disk, string directory)
    {
        if (!Has(disk, directory, LockFile)) return null;
        return disk.TryLock(Path.Combine(directory, LockFile)) ?? throw new CommandFailure(
            ExitCodes.DataUnavailable, $"A server has {directory} open: stop it, or look at a copy of the directory.");
    }
}
