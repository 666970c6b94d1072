using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weir.Protocols.Rest.Topology.Yaml;

namespace Weir.Protocols.Rest.Topology.Shapes;

/// <summary>Reads parts of a document by their shapes. The first fault is noted, with its place.</summary>
/// <param name="variables">What <c>${NAME}</c> stands for.</param>
internal sealed partial class ShapeReader(IReadOnlyDictionary<string, string> variables)
{
    public TopologyFault? Fault { get; private set; }

    /// <summary>Null with the fault noted.</summary>
    public JsonNode? Read(YamlNode node, Shape shape, string name) => shape.Kind switch
    {
        ShapeKind.Text or ShapeKind.Name => node.Kind == YamlKind.Scalar && (!node.IsNothing || node.Text.Length > 0)
            ? JsonValue.Create(node.Text)
            : Expect(node, shape, name),
        // Some services' examples have numbers in quotes.
        ShapeKind.Number => node.Kind == YamlKind.Scalar && YamlScalars.IsNumber(node.Text)
            ? JsonNode.Parse(node.Text)
            : Expect(node, shape, name),
        ShapeKind.Flag => node.IsFlag ? node.ToJson() : Expect(node, shape, name),
        ShapeKind.TextMap => ReadTexts(node, shape, name),
        ShapeKind.Document => ReadDocument(node, shape, name),
        ShapeKind.Secret => ReadSecret(node, shape, name),
        ShapeKind.List => ReadList(node, shape, name),
        _ => ReadStruct(node, shape, name),
    };

    public JsonNode? Refuse(YamlNode at, string message)
    {
        Fault ??= new TopologyFault(at.Line, at.Column, message);
        return null;
    }

    public JsonNode? Expect(YamlNode node, Shape shape, string name) =>
        Refuse(node, $"{name} is {node.What}, and {shape.Expected} is expected.");

    public JsonNode? Unknown(YamlNode key, string name, IEnumerable<string> members) =>
        Refuse(key, $"{name} has no {key.Text}; there are {string.Join(", ", members)}.");

    private JsonNode? ReadStruct(YamlNode node, Shape shape, string name)
    {
        if (shape.IsText && node is { Kind: YamlKind.Scalar, IsNothing: false })
        {
            if (node.Text.Length == 0) return JsonValue.Create("");
            var (inner, fault) = YamlReader.Read(node.Text);
            if (fault is not null || inner!.Kind != YamlKind.Map) return Expect(node, shape, name);
            return ReadStruct(inner with { Line = node.Line, Column = node.Column }, shape, name);
        }

        if (node.Kind != YamlKind.Map) return Expect(node, shape, name);
        var read = new JsonObject();
        foreach (var (key, value) in node.Entries)
        {
            if (!shape.Members.TryGetValue(key.Text, out var member)) return Unknown(key, name, shape.Members.Keys);
            read[key.Text] = Read(value, member, key.Text);
            if (Fault is not null) return null;
        }

        return Missing(read, shape) is { } missing ? Refuse(node, $"{name} lacks {missing}.") : read;
    }

    public static string? Missing(JsonObject read, Shape shape) =>
        shape.Required.FirstOrDefault(name => !read.ContainsKey(name) && !shape.Members.Any(member =>
            member.Value.Kind == ShapeKind.Name && member.Value.Names.ArnMember == name
            && read.ContainsKey(member.Key)));

    private JsonArray? ReadList(YamlNode node, Shape shape, string name)
    {
        if (node.Kind != YamlKind.List)
        {
            Expect(node, shape, name);
            return null;
        }

        var read = new JsonArray();
        foreach (var item in node.Items)
        {
            read.Add(Read(item, shape.Item!, $"an item of {name}"));
            if (Fault is not null) return null;
        }

        return read;
    }

    private JsonNode? ReadTexts(YamlNode node, Shape shape, string name)
    {
        if (node.Kind != YamlKind.Map) return Expect(node, shape, name);
        var read = new JsonObject();
        foreach (var (key, value) in node.Entries)
        {
            read[key.Text] = Read(value, Shape.Text, $"{name}.{key.Text}");
            if (Fault is not null) return null;
        }

        return read;
    }

    private JsonNode? ReadDocument(YamlNode node, Shape shape, string name)
    {
        if (node.Kind == YamlKind.Map) return node.ToJson();
        if (node.Kind != YamlKind.Scalar || node.IsNothing) return Expect(node, shape, name);
        if (node.Text.Length == 0) return JsonValue.Create("");
        try
        {
            return JsonNode.Parse(node.Text) as JsonObject ?? Expect(node, shape, name);
        }
        catch (JsonException)
        {
            return Expect(node, shape, name);
        }
    }

    private JsonNode? ReadSecret(YamlNode node, Shape shape, string name)
    {
        // What stands there instead may be a secret: it is not repeated.
        if (node.Kind != YamlKind.Scalar || Variable().Match(node.Text) is not { Success: true } match)
            return Refuse(node, $"{name} is not {shape.Expected}.");
        return variables.TryGetValue(match.Groups[1].Value, out var value) && value.Length > 0
            ? JsonValue.Create(value)
            : Refuse(node, $"{name} needs the variable {match.Groups[1].Value}, which is not set.");
    }

    [GeneratedRegex(@"^\$\{([A-Za-z_][A-Za-z0-9_]*)\}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
