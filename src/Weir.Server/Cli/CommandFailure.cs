using System.Text.Json.Nodes;

namespace Weir.Server.Cli;

/// <summary>Ends a command: a sentence for standard error and the exit code.</summary>
internal sealed class CommandFailure(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>What the server said, where it said it in JSON.</summary>
    public JsonObject? Answer { get; init; }
}
