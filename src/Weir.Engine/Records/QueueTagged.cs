using System.Collections.Immutable;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>Carries all tags that the queue has from now on.</summary>
internal record struct QueueTagged(long QueueId, ImmutableSortedDictionary<string, string> Tags) : IRecord<QueueTagged>
{
    public static RecordType Type => RecordType.QueueTagged;

    public readonly int BytesMax => sizeof(long) + TextMapFormat.BytesMax(Tags);

    public static QueueTagged Read(ref SpanReader reader) => new(reader.Int64(), TextMapFormat.Read(ref reader));

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        TextMapFormat.Write(ref writer, Tags);
    }

    public readonly void Apply(ShardState state) => state.Get(QueueId).Tags = Tags;
}
