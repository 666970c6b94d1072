using System.CommandLine;
using System.CommandLine.Parsing;

namespace Weir.Server.Cli;

/// <summary>The options of every command that talks to a running server.</summary>
internal static class ServerAddress
{
    public const string Variable = "WEIR_ENDPOINT";
    private const string Standard = "http://127.0.0.1:4566";

    public static readonly Option<Uri> Endpoint = new("--endpoint")
    {
        Description = $"The server. [default: {Variable} or {Standard}]",
        HelpName = "url",
        Recursive = true,
        DefaultValueFactory = static argument =>
            Parse(argument, Environment.GetEnvironmentVariable(Variable) ?? Standard),
        CustomParser = static argument => Parse(argument, argument.Tokens[0].Value),
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Write JSON, for machines.",
        Recursive = true,
    };

    private static Uri Parse(ArgumentResult argument, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
        argument.AddError($"'{text}' is no server address; give one such as {Standard}.");
        return new Uri(Standard);
    }
}
