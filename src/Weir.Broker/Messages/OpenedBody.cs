using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Broker.Routing.Patterns;

namespace Weir.Broker.Messages;

/// <summary>Writes a body that is JSON as what it is, and not as the text of it.</summary>
internal static class OpenedBody
{
    /// <summary>What is nested deeper is a text, since nothing could match it.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = EventFields.DepthMax - 1 };

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>False, with nothing written, when it is no JSON that can be written again.</summary>
    public static bool TryWrite(Utf8JsonWriter json, ReadOnlyMemory<byte> body)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(body.Length, 1));
        try
        {
            using var opened = JsonDocument.Parse(body, Options);
            using var writer = new Utf8JsonWriter(output, WriterOptions);
            opened.RootElement.WriteTo(writer);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // Half a pair of surrogates is JSON to the parser, and text to nobody.
            return false;
        }

        json.WriteRawValue(output.WrittenSpan, skipInputValidation: true);
        return true;
    }
}
