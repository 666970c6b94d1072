using System.Text.Json;
using Weir.Broker.Routing.Patterns;

namespace Weir.Broker.Routing.Transforms;

/// <summary>An event to take parts from.</summary>
internal static class EventDocument
{
    private const string Detail = "detail";

    public static JsonDocument Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = EventFields.DepthMax });
        return JsonDocument.ParseValue(ref reader);
    }

    /// <summary>The event's envelope: all but its detail.</summary>
    public static byte[] WithoutDetail(JsonElement root)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonText.WriterOptions))
        {
            if (root.ValueKind != JsonValueKind.Object) root.WriteTo(writer);
            else WriteEnvelope(root, writer);
        }

        return stream.ToArray();
    }

    private static void WriteEnvelope(JsonElement root, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var property in root.EnumerateObject())
            if (!property.NameEquals(Detail)) property.WriteTo(writer);
        writer.WriteEndObject();
    }
}
