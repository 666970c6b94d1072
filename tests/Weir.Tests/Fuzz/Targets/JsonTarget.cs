using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Weir.Protocols.Aws.Codec;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>The JSON reader takes exactly what the platform's own document takes, and sees the same in it.</summary>
internal sealed class JsonTarget : HostileReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    private readonly InputTree _tree = new();

    public override string Name => "json";

    public override IReadOnlyList<byte[]> Seeds { get; } = Texts(SqsSeeds.Requests.Select(r => r.Json));

    public override IReadOnlyList<byte[]> Tokens { get; } = Texts(
        "[[[[[[[[[[[[[[[[[", """{"a":{"a":{"a":{"a":{"a":""", "\"MessageBody\":", "{}",
        "[]", "\"\"", ",\"QueueUrl\":\"\"",
        "\\\"", "\\ud83d\\ude00", "/*", "0.1e5");

    public override bool Takes(byte[] input)
    {
        JsonInputReader.Read(input, _tree);
        try
        {
            if (!Utf8.IsValid(input)) return Refused();
            using var document = JsonDocument.Parse(input, Options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return Refused();
            var nodes = 0;
            var isSame = IsSame(root, InputTree.Root, ref nodes);
            if (nodes >= InputTree.NodesMax) return Refused();
            Require(_tree.Fault is null, $"what is JSON was refused: {_tree.Fault?.Message}");
            Require(isSame, "the tree differs from the document");
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // An empty body stands for an empty object.
            return input.Length == 0 || Refused();
        }
        finally
        {
            _tree.Release();
        }
    }

    private bool Refused()
    {
        Require(_tree.Fault is not null, "what is not a JSON object was taken");
        return false;
    }

    /// <summary>Throws InvalidOperationException for text that is no Unicode, as the document does.</summary>
    private bool IsSame(JsonElement element, int node, ref int nodes)
    {
        nodes++;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var member = First(node, InputKind.Structure);
                foreach (var property in element.EnumerateObject())
                {
                    // Read even where it is not needed: it throws for a name that is no Unicode.
                    var name = property.Name;
                    var isNamed = member >= 0 && _tree.NameText(member) == name;
                    if (!IsSame(property.Value, isNamed ? member : -1, ref nodes)) member = -1;
                    else member = _tree[member].Next;
                }

                return node >= 0 && member == InputTree.None && _tree[node].Kind == InputKind.Structure;
            case JsonValueKind.Array:
                var item = First(node, InputKind.List);
                foreach (var value in element.EnumerateArray())
                    item = IsSame(value, item, ref nodes) ? _tree[item].Next : -1;
                return node >= 0 && _tree[node].Kind == InputKind.List;
            case JsonValueKind.String:
                var text = element.GetString()!;
                return node >= 0 && _tree[node].Kind == InputKind.Text && Value(node) == text;
            case JsonValueKind.Number:
                return node >= 0 && _tree[node].Kind == InputKind.Number && Value(node) == element.GetRawText();
            default:
                return node >= 0 && _tree[node].Kind is InputKind.Null or InputKind.Boolean;
        }
    }

    private int First(int node, InputKind kind) =>
        node >= 0 && _tree[node].Kind == kind ? _tree[node].FirstChild : InputTree.None;

    private string Value(int node) => Encoding.UTF8.GetString(_tree.Bytes(_tree[node].Value).Span);
}
