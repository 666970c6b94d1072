using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Weir.Protocols.Aws.Codec;

/// <summary>Reads the body of an AWS JSON 1.0 or 1.1 request, one object, into a tree.</summary>
// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
// The reader checks the grammar but not the UTF-8 within strings, so that is checked first, over the whole body.
internal static class JsonInputReader
{
    /// <summary>The deepest real member is an attribute's value in a batch: five levels.</summary>
    private const int DepthMax = 16;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = DepthMax };

    public static void Read(ReadOnlyMemory<byte> body, InputTree tree) => Read(body, tree, []);

    /// <param name="parameters">What will be added to what the body says; room is made for it.</param>
    public static void Read(
        ReadOnlyMemory<byte> body, InputTree tree, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var room = parameters.Sum(one => Encoding.UTF8.GetMaxByteCount(one.Key.Length + one.Value.Length));
        tree.Reset(WireDialect.Json, body, decodedBytesMax: room == 0 ? 0 : room + body.Length);
        if (body.IsEmpty) return;
        if (!Utf8.IsValid(body.Span))
        {
            tree.RefuseForm("The request body is not UTF-8.");
            return;
        }

        try
        {
            ReadObject(body.Span, tree);
        }
        catch (JsonException e)
        {
            tree.RefuseForm($"The request body is not JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            // The reader's way of saying that an escaped surrogate lacks its other half.
            tree.RefuseForm("A string in the request body is not valid Unicode.");
        }
    }

    private static void ReadObject(ReadOnlySpan<byte> body, InputTree tree)
    {
        Span<int> parents = stackalloc int[DepthMax + 1];
        var depth = -1;
        var name = default(TextRange);
        var reader = new Utf8JsonReader(body, Options);
        while (reader.Read() && tree.Fault is null)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject when depth < 0:
                    parents[++depth] = InputTree.Root;
                    break;
                case JsonTokenType.PropertyName:
                    name = Text(ref reader, tree);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    depth--;
                    break;
                default:
                    if (depth < 0) tree.RefuseForm("The request body is not a JSON object.");
                    else AddValue(ref reader, tree, parents, ref depth, name);
                    name = default;
                    break;
            }
        }
    }

    private static void AddValue(
        ref Utf8JsonReader reader, InputTree tree, scoped Span<int> parents, ref int depth, TextRange name)
    {
        var kind = reader.TokenType switch
        {
            JsonTokenType.StartObject => InputKind.Structure,
            JsonTokenType.StartArray => InputKind.List,
            JsonTokenType.String => InputKind.Text,
            JsonTokenType.Number => InputKind.Number,
            JsonTokenType.Null => InputKind.Null,
            _ => InputKind.Boolean,
        };
        var node = tree.Add(parents[depth], kind, name, Text(ref reader, tree));
        if (kind is InputKind.Structure or InputKind.List) parents[++depth] = node;
    }

    private static TextRange Text(ref Utf8JsonReader reader, InputTree tree)
    {
        // The value of a string or name starts behind its quote.
        var quote = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 1 : 0;
        if (quote == 0 || !reader.ValueIsEscaped)
            return new TextRange((int)reader.TokenStartIndex + quote, reader.ValueSpan.Length, IsDecoded: false);
        var length = reader.CopyString(tree.DecodeArea(reader.ValueSpan.Length));
        return tree.CommitDecoded(length);
    }
}
