using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Queues;

/// <summary>One run of a queue command: what was given, the server, and where the answer is written.</summary>
internal sealed class QueueSession : IDisposable
{
    // A shell is no web page: an angle bracket stays one.
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int RedirectedColumns = 1_000;

    public QueueSession(ParseResult parsed, CancellationToken cancelled)
    {
        Parsed = parsed;
        Cancelled = cancelled;
#pragma warning disable RS0030 // The command line is a composition root of its own: its clock is the real one.
        Time = TimeProvider.System;
#pragma warning restore RS0030
        Client = new SqsClient(
            parsed.GetRequiredValue(ServerAddress.Endpoint), ClientCredentials.From(parsed), Time);
    }

    /// <summary>A file or a pipe has no width that a long name would have to be broken for.</summary>
    public static IAnsiConsole Screen
    {
        get
        {
            if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = RedirectedColumns;
            return AnsiConsole.Console;
        }
    }

    public ParseResult Parsed { get; }

    public CancellationToken Cancelled { get; }

    public TimeProvider Time { get; }

    public SqsClient Client { get; }

    public bool IsJson => Parsed.GetValue(ServerAddress.Json);

    public string Queue(Argument<string> argument) => Parsed.GetRequiredValue(argument);

    public Task<string> FindUrlAsync(Argument<string> argument) =>
        Client.FindUrlAsync(Parsed.GetRequiredValue(argument), Cancelled);

    public Task<JsonObject> CallAsync(string operation, JsonObject input) =>
        Client.CallAsync(operation, input, Cancelled);

    /// <summary>The answer: JSON when it was asked for, else words.</summary>
    public void Write(JsonNode json, string words)
    {
        if (IsJson) WriteJson(json);
        else Console.Out.WriteLine(words);
    }

    public void Write(JsonNode json, Table table)
    {
        if (IsJson) WriteJson(json);
        else Screen.Write(table);
    }

    public static void WriteJson(JsonNode json) => Console.Out.WriteLine(json.ToJsonString(Indented));

    public static Table Table(params ReadOnlySpan<string> columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns) table.AddColumn(column);
        return table;
    }

    public void Dispose() => Client.Dispose();
}
