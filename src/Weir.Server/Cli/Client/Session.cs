using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Weir.Server.Cli.Client;

/// <summary>One run of a command that talks to a server: what was given, and where the answer is written.</summary>
internal abstract class Session(ParseResult parsed, CancellationToken cancelled)
{
    // A shell is no web page: an angle bracket stays one.
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int RedirectedColumns = 1_000;

    /// <summary>A file or a pipe has no width that a long name would have to be broken for.</summary>
    public static IAnsiConsole Screen
    {
        get
        {
            var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
            if (Console.IsOutputRedirected) screen.Profile.Width = RedirectedColumns;
            return screen;
        }
    }

    public ParseResult Parsed => parsed;

    public CancellationToken Cancelled => cancelled;

#pragma warning disable RS0030 // The command line is a composition root of its own: its clock is the real one.
    public TimeProvider Time { get; } = TimeProvider.System;
#pragma warning restore RS0030

    public bool IsJson => Parsed.GetValue(ServerAddress.Json);

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
}
