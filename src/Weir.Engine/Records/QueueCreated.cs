using System.Collections.Immutable;
using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

internal record struct QueueCreated(
    long QueueId, QueueName Name, QueueConfig Config, ImmutableSortedDictionary<string, string> Tags)
    : IRecord<QueueCreated>
{
    public static RecordType Type => RecordType.QueueCreated;

    public readonly int BytesMax =>
        sizeof(long) + SpanWriter.BytesMax(Name) + QueueConfigFormat.BytesMax(Config) + TextMapFormat.BytesMax(Tags);

    public static QueueCreated Read(ref SpanReader reader) => new(
        reader.Int64(), reader.NameRequired(), QueueConfigFormat.Read(ref reader), TextMapFormat.Read(ref reader));

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Name(Name);
        QueueConfigFormat.Write(ref writer, Config);
        TextMapFormat.Write(ref writer, Tags);
    }

    public readonly void Apply(ShardState state)
    {
        Queue queue = Config.IsFifo
            ? new FifoQueue(QueueId, Name, state)
            : new StandardQueue(QueueId, Name, state);
        queue.Configure(Config);
        queue.Tags = Tags;
        queue.CreatedUnixMs = queue.ModifiedUnixMs = state.NowUnixMs;
        queue.Revision = 1;
        state.Add(queue);
    }
}
