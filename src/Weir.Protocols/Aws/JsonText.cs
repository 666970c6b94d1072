using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Protocols.Aws;

/// <summary>JSON that comes as the value of an attribute.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>The object, or null when the text is anything else.</summary>
    public static JsonObject? ParseObject(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        try
        {
            RequireUnicode(utf8);
            return JsonNode.Parse(utf8, documentOptions: Options) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is the reader's way of saying that an escaped surrogate lacks its other half.
            return null;
        }
    }

    public static string? String(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    // A node unescapes a text when it is asked for it, and throws then; asked here, it is refused with the rest.
    private static void RequireUnicode(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        while (reader.Read())
        {
            if (reader.ValueIsEscaped) _ = reader.GetString();
        }
    }
}
