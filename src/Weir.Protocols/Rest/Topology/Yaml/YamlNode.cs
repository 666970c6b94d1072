using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weir.Protocols.Rest.Topology.Yaml;

/// <summary>A part of a YAML document that knows where it stands.</summary>
internal sealed record YamlNode(YamlKind Kind, long Line, long Column)
{
    public string Text { get; init; } = "";

    /// <summary>Written without quotes, so that it may be a number, a truth value or nothing.</summary>
    public bool IsPlain { get; init; }

    public List<YamlNode> Items { get; } = [];

    public List<(YamlNode Key, YamlNode Value)> Entries { get; } = [];

    public bool IsNothing => Kind == YamlKind.Scalar && IsPlain && Text is "" or "~" or "null";

    public bool IsFlag => Kind == YamlKind.Scalar && IsPlain && Text is "true" or "false";

    public bool IsNumber => Kind == YamlKind.Scalar && IsPlain && YamlScalars.IsNumber(Text);

    public string What => Kind switch
    {
        YamlKind.Map => "a mapping",
        YamlKind.List => "a list",
        _ when IsNothing => "nothing",
        _ => $"'{Text}'",
    };

    /// <summary>As JSON says the same: quoted scalars are texts, plain ones what they look like.</summary>
    public JsonNode? ToJson() => Kind switch
    {
        YamlKind.Map => new JsonObject(Entries.Select(entry => KeyValuePair.Create(
            entry.Key.Text, entry.Value.ToJson()))),
        YamlKind.List => new JsonArray([.. Items.Select(item => item.ToJson())]),
        _ when IsNothing => null,
        _ when IsFlag || IsNumber => JsonNode.Parse(Text),
        _ => JsonValue.Create(Text),
    };
}

/// <summary>Which plain scalars are numbers: those that are in JSON.</summary>
internal static partial class YamlScalars
{
    public static bool IsNumber(string text) => Number().IsMatch(text);

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?([eE][+-]?[0-9]{1,3})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
