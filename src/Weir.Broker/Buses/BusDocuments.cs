using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Broker.Topics;
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

    /// <summary>A default bus that nobody has configured has only rules, or nothing.</summary>
    public static BusConfig Bus(DefinitionScope? scope) =>
        scope?.Items.GetValueOrDefault(BusItem)?.Read(static value =>
            JsonSerializer.Deserialize(value.Span, BusJson.Default.BusConfig)!) ?? new BusConfig();

    public static RuleConfig Rule(Definition definition) => definition.Read(
        static value => JsonSerializer.Deserialize(value.Span, BusJson.Default.RuleConfig)!);

    /// <summary>In the order of their names.</summary>
    public static IEnumerable<RuleConfig> Rules(DefinitionScope? scope) =>
        scope is null ? [] : scope.Items.Where(item => item.Key != BusItem).Select(item => Rule(item.Value));
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Converters = [typeof(TextMapConverter)])]
[JsonSerializable(typeof(BusConfig))]
[JsonSerializable(typeof(RuleConfig))]
internal sealed partial class BusJson : JsonSerializerContext;
