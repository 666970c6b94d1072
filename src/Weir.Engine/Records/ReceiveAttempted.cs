using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>What a receive with an attempt id leased, so that it can be repeated.</summary>
internal record struct ReceiveAttempted(long QueueId, string AttemptId, (long Sequence, int ReceiveCount)[] Leases)
    : IRecord<ReceiveAttempted>
{
    private const int LeaseLength = sizeof(long) + sizeof(int);

    public static RecordType Type => RecordType.ReceiveAttempted;

    public readonly int BytesMax =>
        sizeof(long) + SpanWriter.BytesMax(AttemptId) + sizeof(int) + (Leases.Length * LeaseLength);

    public static ReceiveAttempted Read(ref SpanReader reader) =>
        new(reader.Int64(), reader.TextRequired(), ReadLeases(ref reader));

    private static (long Sequence, int ReceiveCount)[] ReadLeases(ref SpanReader reader)
    {
        var count = reader.Int32();
        if (count < 0 || count > reader.Remaining / LeaseLength)
            throw new StateCorruptException($"an attempt of {count} leases");
        var leases = new (long, int)[count];
        for (var i = 0; i < count; i++) leases[i] = (reader.Int64(), reader.Int32());
        return leases;
    }

    private static void WriteLeases(ref SpanWriter writer, (long Sequence, int ReceiveCount)[] leases)
    {
        writer.Int32(leases.Length);
        foreach (var (sequence, receiveCount) in leases)
        {
            writer.Int64(sequence);
            writer.Int32(receiveCount);
        }
    }

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Text(AttemptId);
        WriteLeases(ref writer, Leases);
    }

    public readonly void Apply(ShardState state)
    {
        if (state.Get(QueueId) is not FifoQueue queue)
            throw new StateCorruptException($"a receive attempt on queue {QueueId}, which is not a FIFO queue");
        var attempt = new ReceiveAttempt(AttemptId, state.NowUnixMs + ReceiveAttempts.WindowMs);
        attempt.Leases.AddRange(Leases);
        queue.Remember(attempt);
    }
}
