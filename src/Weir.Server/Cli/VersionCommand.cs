using System.CommandLine;
using System.Text.Json.Nodes;

namespace Weir.Server.Cli;

/// <summary><c>weir version</c>: which Weir this is.</summary>
internal static class VersionCommand
{
    public static Command Build()
    {
        var json = new Option<bool>("--json") { Description = "Write JSON, for machines." };
        var command = new Command("version", "Print the version of this Weir.") { json };
        command.SetAction(parsed => Console.Out.WriteLine(
            parsed.GetValue(json)
                ? new JsonObject { ["version"] = ServerVersion.Text }.ToJsonString()
                : $"weir {ServerVersion.Text}"));
        return command;
    }
}
