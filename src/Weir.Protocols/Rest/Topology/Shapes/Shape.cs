using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Protocols.Rest.Topology.Shapes;

/// <summary>
/// What a part of a document may be. Three forms meet here: what the file says, the normal form that is compared (names
/// instead of ARNs, JSON written out), and the wire form that operations take.
/// </summary>
internal sealed record Shape(ShapeKind Kind)
{
    public static readonly Shape Text = new(ShapeKind.Text);
    public static readonly Shape Number = new(ShapeKind.Number);
    public static readonly Shape Flag = new(ShapeKind.Flag);
    public static readonly Shape TextMap = new(ShapeKind.TextMap);
    public static readonly Shape Document = new(ShapeKind.Document);
    public static readonly Shape Secret = new(ShapeKind.Secret);

    /// <summary>Of a struct.</summary>
    public IReadOnlyDictionary<string, Shape> Members { get; init; } = new Dictionary<string, Shape>();

    /// <summary>Of a struct: what must be there.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Of a list.</summary>
    public Shape? Item { get; init; }

    /// <summary>A struct that the service takes as JSON text.</summary>
    public bool IsText { get; init; }

    /// <summary>Of a name: what it names (queue, topic ...), and the member that has its ARN.</summary>
    public (string What, string ArnMember) Names { get; init; }

    public static Shape Struct(params (string Name, Shape Shape)[] members) => new(ShapeKind.Struct)
    {
        Members = members.ToDictionary(member => member.Name, member => member.Shape, StringComparer.Ordinal),
    };

    /// <summary>Members of one shape.</summary>
    public static (string Name, Shape Shape)[] All(Shape shape, params string[] names) =>
        [.. names.Select(name => (name, shape))];

    public static Shape ListOf(Shape item) => new(ShapeKind.List) { Item = item };

    /// <summary>A member with an ARN, and those with names that may stand in its place.</summary>
    /// <param name="prefix">What the names of these members begin with.</param>
    public static (string Name, Shape Shape)[] Arn(string member, string prefix, params string[] whats) =>
    [
        (member, Text),
        .. whats.Select(what => (
            prefix.Length == 0 ? what : prefix + char.ToUpperInvariant(what[0]) + what[1..],
            new Shape(ShapeKind.Name) { Names = (what, member) })),
    ];

    public string Expected => Kind switch
    {
        ShapeKind.Text => "a text",
        ShapeKind.Number => "a number",
        ShapeKind.Flag => "true or false",
        ShapeKind.TextMap => "a mapping of texts",
        ShapeKind.Document => "JSON, as text or written out",
        ShapeKind.Secret => "${NAME}, a variable of the environment: secrets are never in the file",
        ShapeKind.List => "a list",
        ShapeKind.Name => $"the name of a {Names.What}",
        _ => "a mapping",
    };

    /// <summary>As operations take it.</summary>
    public JsonNode? ToWire(JsonNode? node)
    {
        switch (Kind)
        {
            case ShapeKind.Document:
                return IsString(node) ? node!.DeepClone() : JsonValue.Create(node?.ToJsonString() ?? "");
            case ShapeKind.List:
                return new JsonArray([.. node!.AsArray().Select(Item!.ToWire)]);
            case ShapeKind.Struct when node is JsonObject map:
                var wire = new JsonObject(map.Select(entry => KeyValuePair.Create(
                    entry.Key, Members.TryGetValue(entry.Key, out var member)
                        ? member.ToWire(entry.Value)
                        : entry.Value?.DeepClone())));
                return IsText ? JsonValue.Create(wire.ToJsonString()) : wire;
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>In the normal form, without what no file can say. ARNs are as they were.</summary>
    public JsonNode? FromWire(JsonNode? node)
    {
        switch (Kind)
        {
            case ShapeKind.Text or ShapeKind.Name:
                return node is null ? null : JsonValue.Create(node.ToString());
            case ShapeKind.Document:
                return IsString(node) ? Parsed(node!.ToString()) : node?.DeepClone();
            case ShapeKind.List:
                return node is JsonArray list ? new JsonArray([.. list.Select(Item!.FromWire)]) : null;
            case ShapeKind.Struct:
                if (IsText && IsString(node)) node = Parsed(node!.ToString());
                if (node is not JsonObject map) return node?.DeepClone();
                return new JsonObject(map.Where(entry => Members.ContainsKey(entry.Key))
                    .Select(entry => KeyValuePair.Create(entry.Key, Members[entry.Key].FromWire(entry.Value))));
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>What can be compared and shown: secrets cannot be read back, and empty lists say nothing.</summary>
    public JsonNode? Visible(JsonNode? node) => Kind switch
    {
        ShapeKind.Secret => null,
        ShapeKind.List when node is JsonArray list => new JsonArray([.. list.Select(Item!.Visible)]),
        ShapeKind.Struct when node is JsonObject map => new JsonObject(map
            .Select(entry => KeyValuePair.Create(entry.Key, Members.TryGetValue(entry.Key, out var member)
                ? member.Visible(entry.Value)
                : entry.Value?.DeepClone()))
            .Where(entry => entry.Value is not (null or JsonArray { Count: 0 }))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)),
        _ => node?.DeepClone(),
    };

    private static bool IsString(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String;

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text) ?? JsonValue.Create(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
