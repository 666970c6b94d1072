using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <param name="IsRepeat">True when a receive attempt was repeated, which renews its leases.</param>
internal record struct VisibilityChanged(long QueueId, long Sequence, long VisibleUnixMs, bool IsRepeat)
    : IRecord<VisibilityChanged>
{
    public static RecordType Type => RecordType.VisibilityChanged;

    public readonly int BytesMax => (3 * sizeof(long)) + 1;

    public static VisibilityChanged Read(ref SpanReader reader) =>
        new(reader.Int64(), reader.Int64(), reader.Int64(), reader.Bool());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(Sequence);
        writer.Int64(VisibleUnixMs);
        writer.Bool(IsRepeat);
    }

    public readonly void Apply(ShardState state)
    {
        var (queue, entry) = state.Get(QueueId, Sequence);
        if (entry.State != EntryState.Leased)
            throw new StateCorruptException($"message {Sequence} of queue {QueueId} is not leased and yet extended");
        if (!IsRepeat) queue.Spend(entry);
        queue.Reschedule(entry, state.NowUnixMs, VisibleUnixMs);
    }
}
