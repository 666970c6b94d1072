using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Weir.Protocols.Rest.Topology.Yaml;

/// <summary>Writes JSON as block YAML, which <see cref="YamlReader"/> reads as the same.</summary>
internal static class YamlWriter
{
    public static string Write(JsonNode node)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings(2, int.MaxValue, false, 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, [], isImplicit: true));
        Write(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Write(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                emitter.Emit(new MappingStart(
                    AnchorName.Empty, TagName.Empty, true, map.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (name, value) in map)
                {
                    WriteText(emitter, name);
                    Write(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, true,
                    list.Count == 0 || list.All(item => item is JsonValue or null)
                        ? SequenceStyle.Flow
                        : SequenceStyle.Block));
                foreach (var item in list) Write(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteText(emitter, value.GetValue<string>());
                break;
            default:
                Scalar(emitter, node?.ToJsonString() ?? "null", ScalarStyle.Plain);
                break;
        }
    }

    /// <summary>Quoted when it would be read as something else; the emitter sees to the rest.</summary>
    private static void WriteText(Emitter emitter, string text)
    {
        var plain = new YamlNode(YamlKind.Scalar, 0, 0) { Text = text, IsPlain = true };
        var isOther = plain.IsNothing || plain.IsFlag || plain.IsNumber
            || text.All(one => char.IsAsciiDigit(one) || "-+._eExo:".Contains(one, StringComparison.Ordinal))
            || text.ToUpperInvariant() is "YES" or "NO" or "ON" or "OFF" or "TRUE" or "FALSE" or "NULL" or "Y" or "N"
            || text.Contains('\n', StringComparison.Ordinal);
        Scalar(emitter, text, isOther ? ScalarStyle.DoubleQuoted : ScalarStyle.Any);
    }

    private static void Scalar(Emitter emitter, string text, ScalarStyle style) => emitter.Emit(new Scalar(
        AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));
}
