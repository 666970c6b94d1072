using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Weir.Server.Status;

namespace Weir.Server.Cli;

/// <summary><c>weir status</c>: what a running server holds, and how its log and compaction stand.</summary>
internal static class StatusCommand
{
    private const string About = """
        Show what a running server on this machine holds: queues, messages, the log with its live share, compaction.

        Example:
          weir status --json
        """;

    public static Command Build()
    {
        var command = new Command("status", About) { ServerAddress.Endpoint, ServerAddress.Json };
        command.SetAction(static (parsed, cancelled) => RunAsync(parsed, cancelled));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancelled)
    {
        using var http = new HttpClient();
        var endpoint = parsed.GetRequiredValue(ServerAddress.Endpoint);
        try
        {
            using var answer = await http.GetAsync(new Uri(endpoint, StatusAnswer.Path), cancelled);
            var text = await answer.Content.ReadAsStringAsync(cancelled);
            if (!answer.IsSuccessStatusCode) throw new CommandFailure(ExitCodes.Refused, text);
            await Console.Out.WriteLineAsync(
                parsed.GetValue(ServerAddress.Json) ? text : Describe(JsonNode.Parse(text)!));
            return ExitCodes.Done;
        }
        catch (HttpRequestException failure)
        {
            throw new CommandFailure(ExitCodes.Unavailable, $"{endpoint} cannot be reached: {failure.Message}");
        }
        catch (System.Text.Json.JsonException)
        {
            throw new CommandFailure(ExitCodes.Unavailable, $"What answers at {endpoint} is no Weir.");
        }
    }

    private static string Describe(JsonNode status)
    {
        var (messages, log) = (status["messages"]!, status["log"]!);
        var (compaction, waiting) = (status["compaction"]!, status["waiting"]!);
        return $"""
            weir {status["version"]}, {Size(status["memoryBytes"])} of memory
            queues      {Count(status["queues"])}
            messages    {Count(messages["stored"])}, {Count(messages["waitingInMemory"])} waiting ones in memory
            log         {Size(log["diskBytes"])} on disk, {Size(log["liveBytes"])} live ({Share(log["liveShare"])})
            segments    {Count(log["segments"])} and {Count(log["spareSegments"])} spare
            compaction  {Size(compaction["copiedBytes"])} copied, {Size(compaction["reclaimedBytes"])} reclaimed
            to compact  {Size(compaction["backlogBytes"])}
            waiting     {Count(waiting["commands"])} commands, {Count(waiting["receives"])} receives
            """;
    }

    private static string Count(JsonNode? node) => $"{Number(node):#,0}";

    private static string Size(JsonNode? node) => string.Create(CultureInfo.InvariantCulture,
        $"{Number(node) / (double)(1 << 20):#,0.0} MiB");

    private static string Share(JsonNode? node) =>
        node!.GetValue<double>().ToString("0.0 %", CultureInfo.InvariantCulture);

    private static long Number(JsonNode? node) => node!.GetValue<long>();
}
