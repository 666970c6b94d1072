using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Broker.Documents;
using Weir.Engine.Definitions;

namespace Weir.Broker.Buses;

/// <summary>
/// A bus's definitions on disk, as JSON: the bus under an empty name, each rule with its targets under its own. Members
/// that a later version adds have a default, so older documents stay readable.
/// </summary>
internal static class BusDocuments
{
    /// <summary>The bus's own definition; a rule has a name of at least one character.</summary>
    public const string BusItem = "";

    public static ReadOnlyMemory<byte> Write(BusConfig bus) =>
        JsonSerializer.SerializeToUtf8Bytes(bus, BusJson.Default.BusConfig);

    public static ReadOnlyMemory<byte> Write(RuleConfig rule) =>
        JsonSerializer.SerializeToUtf8Bytes(rule, BusJson.Default.RuleConfig);

    // The generated reader gives a member that a document lacks the default of its type, not that of the record.
    public static BusConfig ReadBus(ReadOnlySpan<byte> document)
    {
        var read = JsonSerializer.Deserialize(document, BusJson.Default.BusConfig)!;
        return read with { Tags = read.Tags ?? TextMap.Empty };
    }

    public static RuleConfig ReadRule(ReadOnlySpan<byte> document)
    {
        var read = JsonSerializer.Deserialize(document, BusJson.Default.RuleConfig)!;
        return read with { Tags = read.Tags ?? TextMap.Empty, Targets = [.. (read.Targets ?? []).Select(Whole)] };
    }

    /// <summary>A default bus that nobody has configured has only rules, or nothing.</summary>
    public static BusConfig Bus(DefinitionScope? scope) =>
        scope?.Items.GetValueOrDefault(BusItem)?.Read(static value => ReadBus(value.Span)) ?? new BusConfig();

    public static RuleConfig Rule(Definition definition) =>
        definition.Read(static value => ReadRule(value.Span));

    /// <summary>In the order of their names.</summary>
    public static IEnumerable<RuleConfig> Rules(DefinitionScope? scope) =>
        scope is null ? [] : scope.Items.Where(item => item.Key != BusItem).Select(item => Rule(item.Value));

    private static TargetConfig Whole(TargetConfig target) => target with
    {
        Transformer = target.Transformer is { Paths: null } transformer
            ? transformer with { Paths = TextMap.Empty }
            : target.Transformer,
        Http = target.Http is { } http
            ? new HttpTargetConfig
            {
                Path = http.Path ?? [],
                Headers = http.Headers ?? TextMap.Empty,
                Query = http.Query ?? TextMap.Empty,
            }
            : null,
    };
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Converters = [typeof(TextMapConverter)])]
[JsonSerializable(typeof(BusConfig))]
[JsonSerializable(typeof(RuleConfig))]
internal sealed partial class BusJson : JsonSerializerContext;
