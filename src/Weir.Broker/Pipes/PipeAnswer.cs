using System.Text.Json;
using Weir.Broker.Routing.Patterns;

namespace Weir.Broker.Pipes;

/// <summary>What an enrichment may answer.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/userguide/pipes-enrichment.html
internal static class PipeAnswer
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = EventFields.DepthMax };

    /// <summary>True for an answer that has the event go no further: nothing, or what is empty in JSON.</summary>
    public static bool IsNothing(ReadOnlySpan<byte> answer)
    {
        var text = answer.Trim(" \t\r\n"u8);
        return text.IsEmpty || text.SequenceEqual("{}"u8) || text.SequenceEqual("[]"u8) || text.SequenceEqual("\"\""u8);
    }

    public static bool IsJson(ReadOnlySpan<byte> answer)
    {
        try
        {
            var reader = new Utf8JsonReader(answer, Options);
            while (reader.Read())
            {
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
