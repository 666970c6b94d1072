using Weir.Engine.State;

namespace Weir.Engine.Records;

internal record struct QueueConfigured(long QueueId, QueueConfig Config) : IRecord<QueueConfigured>
{
    public static RecordType Type => RecordType.QueueConfigured;

    public readonly int BytesMax => sizeof(long) + QueueConfigFormat.BytesMax(Config);

    public static QueueConfigured Read(ref SpanReader reader) =>
        new(reader.Int64(), QueueConfigFormat.Read(ref reader));

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        QueueConfigFormat.Write(ref writer, Config);
    }

    public readonly void Apply(ShardState state)
    {
        var queue = state.Get(QueueId);
        if (queue.Config.IsFifo != Config.IsFifo)
            throw new StateCorruptException($"queue {queue.Name} changes its kind");
        var before = queue.Config.Redrive;
        queue.ModifiedUnixMs = state.NowUnixMs;
        queue.Revision++;
        queue.Configure(Config);
        state.ConfigChanged(queue, before);
    }
}
