using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Engine.Definitions;

namespace Weir.Broker.Archives;

/// <summary>
/// The definitions of archives and replays on disk, as JSON: all archives of an account in a region in one scope, its
/// replays in another, each under its name. Members that a later version adds have a default.
/// </summary>
internal static class ArchiveDocuments
{
    public const string ReplayKind = "replay";

    private const string ArchiveKind = "archive";
    private const string BusesName = "buses";
    private const string TopicsName = "topics";

    public static ScopeName Archives(string account, string region) => new(ArchiveKind, account, region, BusesName);

    public static ScopeName BusReplays(string account, string region) => new(ReplayKind, account, region, BusesName);

    public static ScopeName TopicReplays(string account, string region) => new(ReplayKind, account, region, TopicsName);

    public static ReadOnlyMemory<byte> Write(ArchiveConfig archive) =>
        JsonSerializer.SerializeToUtf8Bytes(archive, ArchiveJson.Default.ArchiveConfig);

    public static ReadOnlyMemory<byte> Write(ReplayConfig replay) =>
        JsonSerializer.SerializeToUtf8Bytes(replay, ArchiveJson.Default.ReplayConfig);

    public static ArchiveConfig ReadArchive(ReadOnlySpan<byte> document) =>
        JsonSerializer.Deserialize(document, ArchiveJson.Default.ArchiveConfig)!;

    // The generated reader gives a member that a document lacks the default of its type, not that of the record.
    public static ReplayConfig ReadReplay(ReadOnlySpan<byte> document)
    {
        var read = JsonSerializer.Deserialize(document, ArchiveJson.Default.ReplayConfig)!;
        return read with { RuleArns = read.RuleArns ?? [] };
    }

    public static ArchiveConfig Archive(Definition definition) =>
        definition.Read(static value => ReadArchive(value.Span));

    public static ReplayConfig Replay(Definition definition) => definition.Read(static value => ReadReplay(value.Span));

    /// <summary>In the order of their names.</summary>
    public static IEnumerable<ArchiveConfig> ArchivesIn(DefinitionScope? scope) =>
        scope is null ? [] : scope.Items.Values.Select(Archive);

    /// <summary>In the order of their names.</summary>
    public static IEnumerable<ReplayConfig> ReplaysIn(DefinitionScope? scope) =>
        scope is null ? [] : scope.Items.Values.Select(Replay);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ArchiveConfig))]
[JsonSerializable(typeof(ReplayConfig))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
