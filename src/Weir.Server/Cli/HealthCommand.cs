using System.CommandLine;
using System.Text.Json.Nodes;
using Weir.Server.Health;

namespace Weir.Server.Cli;

/// <summary><c>weir health</c>: asks a running server whether it is ready.</summary>
internal static class HealthCommand
{
    private const string About = """
        Ask a running server whether it is ready. Exit code 0: ready; 1: not ready, with the reason; 69: not reached.

        Example:
          weir health --endpoint http://127.0.0.1:4567
        """;

    public static Command Build()
    {
        var command = new Command("health", About) { ServerAddress.Endpoint, ServerAddress.Json };
        command.SetAction(static (parsed, cancelled) => RunAsync(parsed, cancelled));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancelled)
    {
        using var http = new HttpClient();
        var endpoint = parsed.GetRequiredValue(ServerAddress.Endpoint);
        try
        {
            using var answer = await http.GetAsync(new Uri(endpoint, HealthAnswers.ReadyPath), cancelled);
            var text = await answer.Content.ReadAsStringAsync(cancelled);
            await Console.Out.WriteLineAsync(parsed.GetValue(ServerAddress.Json) ? text : Describe(text));
            return answer.IsSuccessStatusCode ? ExitCodes.Done : ExitCodes.Refused;
        }
        catch (HttpRequestException failure)
        {
            throw new CommandFailure(ExitCodes.Unavailable, $"{endpoint} cannot be reached: {failure.Message}");
        }
    }

    private static string Describe(string json)
    {
        try
        {
            var answer = JsonNode.Parse(json);
            var reason = answer?["reason"]?.ToString();
            return reason is null ? $"{answer?["status"]}" : $"{answer?["status"]}: {reason}";
        }
        catch (System.Text.Json.JsonException)
        {
            return $"not ready: what answers there is no Weir ({json.Length} bytes of something else)";
        }
    }
}
