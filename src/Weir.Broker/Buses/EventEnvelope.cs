using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Broker.Routing.Patterns;

namespace Weir.Broker.Buses;

/// <summary>Writes an event as rules see it and targets get it.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
public sealed record EventEnvelope
{
    private const int BytesMin = 512;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true,
    };

    public required Guid Id { get; init; }

    public required string Source { get; init; }

    public required string DetailType { get; init; }

    /// <summary>The account that the event comes from.</summary>
    public required string Account { get; init; }

    public required string Region { get; init; }

    /// <summary>Written without its fraction of a second.</summary>
    public required DateTimeOffset Time { get; init; }

    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>
    /// Weir's own addition: what a CloudEvent said beside its data, as a JSON object; empty for other events.
    /// </summary>
    public ReadOnlyMemory<byte> CloudEvent { get; init; }

    /// <param name="detail">Valid JSON in UTF-8, which goes in as it is.</param>
    public ReadOnlyMemory<byte> Write(ReadOnlySpan<byte> detail)
    {
        var output = new ArrayBufferWriter<byte>(detail.Length + BytesMin);
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("version", "0");
        json.WriteString("id", Id);
        json.WriteString("detail-type", DetailType);
        json.WriteString("source", Source);
        json.WriteString("account", Account);
        json.WriteString("time", Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("region", Region);
        json.WriteStartArray("resources");
        foreach (var resource in Resources) json.WriteStringValue(resource);
        json.WriteEndArray();
        if (!CloudEvent.IsEmpty)
        {
            json.WritePropertyName("cloudevent");
            json.WriteRawValue(CloudEvent.Span, skipInputValidation: true);
        }

        json.WritePropertyName("detail");
        json.WriteRawValue(detail, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    /// <summary>Whether it can be the detail of an event, which is one level deeper than its detail.</summary>
    public static bool CanHold(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = EventFields.DepthMax - 1 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read())
            {
                // Unescaped, a text that has half of a surrogate pair shows itself.
                if (reader.ValueIsEscaped) _ = reader.GetString();
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return false;
        }
    }
}
