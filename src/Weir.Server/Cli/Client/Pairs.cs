using System.Text.Json.Nodes;

namespace Weir.Server.Cli.Client;

/// <summary>Options of the form NAME=VALUE, as they come from the command line.</summary>
internal static class Pairs
{
    public static JsonObject Read(string option, IEnumerable<string> given)
    {
        var pairs = new JsonObject();
        foreach (var text in given)
        {
            var (name, value) = Split(option, text);
            pairs[name] = value;
        }

        return pairs;
    }

    /// <summary>Message attributes: name=text is a String; name:Number=1 and name:Binary=... say their type.</summary>
    public static JsonObject ReadTyped(string option, IEnumerable<string> given)
    {
        var attributes = new JsonObject();
        foreach (var text in given)
        {
            var (name, value) = Split(option, text);
            var colon = name.IndexOf(':', StringComparison.Ordinal);
            var type = colon < 0 ? "String" : name[(colon + 1)..];
            var member = type.StartsWith("Binary", StringComparison.Ordinal) ? "BinaryValue" : "StringValue";
            attributes[colon < 0 ? name : name[..colon]] = new JsonObject { ["DataType"] = type, [member] = value };
        }

        return attributes;
    }

    private static (string Name, string Value) Split(string option, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? (text[..equals], text[(equals + 1)..])
            : throw new CommandFailure(ExitCodes.Usage, $"{option} '{text}': give NAME=VALUE.");
    }
}
