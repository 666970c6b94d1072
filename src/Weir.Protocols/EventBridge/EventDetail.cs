using System.Text.Json;
using Weir.Broker.Routing.Patterns;
using Weir.Protocols.Aws.Messages;

namespace Weir.Protocols.EventBridge;

/// <summary>What may be an event's detail: a JSON object.</summary>
internal static class EventDetail
{
    /// <summary>The event around it is one level more.</summary>
    public const int DepthMax = EventFields.DepthMax - 1;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = DepthMax };

    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        if (!MessageText.IsAllowed(utf8)) return false;
        try
        {
            var reader = new Utf8JsonReader(utf8, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read())
            {
                // Unescaped, a text that has half of a surrogate pair shows itself.
                if (reader.ValueIsEscaped) _ = reader.GetString();
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
