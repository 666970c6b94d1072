using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Broker.Routing.Transforms;

/// <summary>JSON as bytes, where it is not worth a tree.</summary>
internal static class JsonText
{
    // What a template makes goes to a queue or an endpoint, never into a web page.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = Encoder,
        MaxDepth = Patterns.EventFields.DepthMax,
    };

    /// <summary>A text as a JSON string, quotes included.</summary>
    public static byte[] Quote(string text) =>
        [(byte)'"', .. JsonEncodedText.Encode(text, Encoder).EncodedUtf8Bytes, (byte)'"'];

    /// <summary>A JSON value as a part of a JSON string: a string's own characters, or the value's text.</summary>
    public static byte[] Content(byte[] json) => json[0] == '"'
        ? json[1..^1]
        : JsonEncodedText.Encode(json, Encoder).EncodedUtf8Bytes.ToArray();

    /// <summary>Without the space between tokens.</summary>
    public static byte[] Compact(ReadOnlySpan<byte> json)
    {
        var compact = new byte[json.Length];
        var length = 0;
        var isInText = false;
        for (var i = 0; i < json.Length; i++)
        {
            var character = json[i];
            if (!isInText && character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') continue;
            compact[length++] = character;
            if (character == '"') isInText = !isInText;
            if (isInText && character == '\\' && i + 1 < json.Length) compact[length++] = json[++i];
        }

        return compact[..length];
    }
}
