using System.Text;
using System.Text.Json;
using Weir.Broker.Messages;

namespace Weir.Broker.Routing.Transforms;

/// <summary>A pipe's event with its body as the JSON that it is, not as the text of it.</summary>
internal static class PipeEvent
{
    private const string Body = "body";

    public static byte[] Opened(JsonElement root)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonText.WriterOptions)) Write(root, writer);
        return stream.ToArray();
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            element.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            if (!property.NameEquals(Body) || property.Value.ValueKind != JsonValueKind.String)
            {
                property.WriteTo(writer);
                continue;
            }

            writer.WritePropertyName(Body);
            WriteBody(property.Value, writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteBody(JsonElement body, Utf8JsonWriter writer)
    {
        if (!OpenedBody.TryWrite(writer, Encoding.UTF8.GetBytes(body.GetString()!))) body.WriteTo(writer);
    }
}
