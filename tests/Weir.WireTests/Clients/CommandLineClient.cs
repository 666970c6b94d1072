using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weir.WireTests.Clients;

/// <summary>
/// The AWS CLI: each call is a process, its input is the options that a person would type, its output is JSON text,
/// and an error is exit code 254 with one sentence.
/// </summary>
public sealed partial class CommandLineClient(Connection connection)
{
    private const int ExitRefused = 254;

    public async Task<JsonObject> CallAsync(string operation, JsonObject input, CancellationToken cancellation)
    {
        var dot = operation.IndexOf('.', StringComparison.Ordinal);
        var start = Programs.CommandLine.With(
        [
            "--endpoint-url", connection.Endpoint.ToString(), dot < 0 ? "sqs" : operation[..dot],
            OptionName(operation[(dot + 1)..]),
            .. input.SelectMany(member => Option(member.Key, member.Value!)),
        ]);
        start.Environment["AWS_ACCESS_KEY_ID"] = connection.AccessKey;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = connection.Secret;
        start.Environment["AWS_DEFAULT_REGION"] = connection.Region;
        start.Environment["AWS_DATA_PATH"] = Programs.ModelsDirectory;
        start.Environment["AWS_DEFAULT_OUTPUT"] = "json";
        start.Environment["AWS_MAX_ATTEMPTS"] = "1";
        start.Environment["AWS_PAGER"] = "";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("aws did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0) throw Failure(process.ExitCode, await errors);
        var text = await output;
        return text.Length == 0 ? [] : JsonNode.Parse(text, new() { PropertyNameCaseInsensitive = true })!.AsObject();
    }

    private static Exception Failure(int exitCode, string errors)
    {
        var refused = Refused().Match(errors);
        return exitCode == ExitRefused && refused.Success
            ? new SqsRefusedException(refused.Groups["code"].Value, null, null, refused.Groups["message"].Value.Trim())
            : new SqsUnknownOutcomeException($"aws ended with exit code {exitCode}: {errors}");
    }

    private static IEnumerable<string> Option(string name, JsonNode value) => value switch
    {
        JsonArray texts when texts.All(item => item is JsonValue) =>
            [$"--{OptionName(name)}", .. texts.Select(item => item!.ToString())],
        JsonValue => [$"--{OptionName(name)}", value.ToString()],
        _ => [$"--{OptionName(name)}", value.ToJsonString()],
    };

    // QueueUrl is --queue-url, AWSAccountIds is --aws-account-ids.
    private static string OptionName(string name)
    {
        // The one name that is an option of every command already, of which the CLI makes another.
        if (name == "Endpoint") return "notification-endpoint";
        var option = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i])
                && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord) option.Append('-');
            option.Append(char.ToLower(name[i], CultureInfo.InvariantCulture));
        }
        return option.ToString();
    }

    [GeneratedRegex(
        @"An error occurred \((?<code>[^)]+)\) when calling the \w+ operation( \(reached [^)]+\))?: (?<message>.*)",
        RegexOptions.Singleline)]
    private static partial Regex Refused();
}
