using System.Text.Json;
using Weir.Broker.Routing.Patterns;
using Weir.Protocols.Aws.Messages;

namespace Weir.Protocols.EventBridge;

/// <summary>What may be an event's detail: a JSON object.</summary>
internal static class EventDetail
{
    /// <summary>The event around it is one level more.</summary>
    public const int DepthMax = EventFields.DepthMax - 1;

    public static bool IsValid(ReadOnlySpan<byte> utf8) => MessageText.IsAllowed(utf8) && TryRead(utf8, DepthMax, []);

    /// <summary>The names that a whole event has at its top; null when it is none that a bus would take.</summary>
    public static IReadOnlyCollection<string>? FindMembers(ReadOnlySpan<byte> utf8)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        return TryRead(utf8, EventFields.DepthMax, members) ? members : null;
    }

    private static bool TryRead(ReadOnlySpan<byte> utf8, int depthMax, HashSet<string> members)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = depthMax });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read())
            {
                // Unescaped, a text that has half of a surrogate pair shows itself.
                if (reader.ValueIsEscaped) _ = reader.GetString();
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                    members.Add(reader.GetString()!);
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
