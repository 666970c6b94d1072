using Weir.Engine.State;
using Weir.Engine.Transfers;

namespace Weir.Engine.Records;

/// <summary>An account begins to come into this shard from another, whose time it was then.</summary>
internal record struct ImportStarted(string Account, long UnixMs) : IRecord<ImportStarted>
{
    public static RecordType Type => RecordType.ImportStarted;

    public readonly int BytesMax => SpanWriter.BytesMax(Account) + sizeof(long);

    public static ImportStarted Read(ref SpanReader reader) => new(reader.TextRequired(), reader.Int64());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Text(Account);
        writer.Int64(UnixMs);
    }

    public readonly void Apply(ShardState state)
    {
        state.DropStaged();
        state.Staged = new StagedAccount(Account);
        state.NowUnixMs = Math.Max(state.NowUnixMs, UnixMs);
    }
}
