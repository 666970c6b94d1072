using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Broker.Messages;
using Weir.Broker.Routing.Patterns;
using Weir.Engine;

namespace Weir.Broker.DeadLetters;

/// <summary>A stored message as a JSON object: what a look at a queue shows, and what filters match.</summary>
public static class MessageView
{
    private const string Binary = "Binary";

    private static readonly JsonWriterOptions ForMatching = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = EventFields.DepthMax,
    };

    /// <param name="isBodyOpened">A body that is JSON is written as what it is, any other as a text.</param>
    public static void Write(Utf8JsonWriter json, StoredMessage stored, MessageContent content, bool isBodyOpened)
    {
        var sent = DateTimeOffset.FromUnixTimeMilliseconds(stored.SentUnixMs);
        json.WriteStartObject();
        json.WriteNumber("sequence", stored.Sequence);
        json.WriteString("id", stored.MessageId);
        json.WriteString("sent", sent);
        json.WriteNumber("sentUnix", sent.ToUnixTimeSeconds());
        json.WriteNumber("receives", stored.ReceiveCount);
        if (stored.GroupId is { } group) json.WriteString("group", group);
        if (stored.DeadLetterSource is { } source) json.WriteString("source", source.Name);
        if (stored.Cause != DeadLetterCause.None) json.WriteString("cause", $"{stored.Cause}");
        json.WritePropertyName("body");
        if (!isBodyOpened || !OpenedBody.TryWrite(json, content.Body)) json.WriteStringValue(content.Body.Span);
        json.WriteStartObject("attributes");
        foreach (var (name, type, value) in content.Attributes)
        {
            if (type.StartsWith(Binary, StringComparison.Ordinal)) json.WriteBase64String(name, value.Span);
            else json.WriteString(name, value.Span);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>As filters see it.</summary>
    internal static ReadOnlySpan<byte> Opened(StoredMessage stored, MessageContent content)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, ForMatching))
            Write(json, stored, content, isBodyOpened: true);
        return stream.GetBuffer().AsSpan(0, (int)stream.Length);
    }
}
