using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Broker.Documents;
using Weir.Engine.Definitions;

namespace Weir.Broker.Schedules;

/// <summary>
/// The definitions of a group on disk, as JSON: the group under an empty name, each schedule under its own. When they
/// are due next stands in a scope beside it, because that changes often and is small.
/// </summary>
internal static class ScheduleDocuments
{
    /// <summary>The group's own definition; a schedule has a name of at least one character.</summary>
    public const string GroupItem = "";

    public static ReadOnlyMemory<byte> Write(ScheduleGroupConfig group) =>
        JsonSerializer.SerializeToUtf8Bytes(group, ScheduleJson.Default.ScheduleGroupConfig);

    public static ReadOnlyMemory<byte> Write(ScheduleConfig schedule) =>
        JsonSerializer.SerializeToUtf8Bytes(schedule, ScheduleJson.Default.ScheduleConfig);

    public static ReadOnlyMemory<byte> Write(DueState due) =>
        JsonSerializer.SerializeToUtf8Bytes(due, ScheduleJson.Default.DueState);

    public static DueState ReadDue(ReadOnlySpan<byte> document) =>
        JsonSerializer.Deserialize(document, ScheduleJson.Default.DueState)!;

    // The generated reader gives a member that a document lacks the default of its type, not that of the record.
    public static ScheduleGroupConfig ReadGroup(ReadOnlySpan<byte> document)
    {
        var read = JsonSerializer.Deserialize(document, ScheduleJson.Default.ScheduleGroupConfig)!;
        return read with { Tags = read.Tags ?? TextMap.Empty };
    }

    public static ScheduleConfig ReadSchedule(ReadOnlySpan<byte> document) =>
        JsonSerializer.Deserialize(document, ScheduleJson.Default.ScheduleConfig)!;

    /// <summary>A default group that nobody has tagged has only schedules, or nothing.</summary>
    public static ScheduleGroupConfig Group(DefinitionScope? scope) =>
        scope?.Items.GetValueOrDefault(GroupItem)?.Read(static value => ReadGroup(value.Span))
        ?? new ScheduleGroupConfig();

    /// <summary>Read anew each time: parsed, a hundred thousand of them would take many times what they do.</summary>
    public static ScheduleConfig Schedule(Definition definition) => ReadSchedule(definition.Value.Span);
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Converters = [typeof(TextMapConverter)])]
[JsonSerializable(typeof(ScheduleGroupConfig))]
[JsonSerializable(typeof(ScheduleConfig))]
[JsonSerializable(typeof(DueState))]
internal sealed partial class ScheduleJson : JsonSerializerContext;
