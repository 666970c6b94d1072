using System.Collections.Immutable;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>A queue's configuration on disk, in records and checkpoints. Times are milliseconds.</summary>
internal static class QueueConfigFormat
{
    /// <summary>Longer than any that protocols let through; sums with the time cannot overflow.</summary>
    private const long DurationMsMax = 100L * 366 * 24 * 60 * 60 * 1000;

    // The first byte was a bool, and is 0 or 1 in what was written before there was flow control.
    private const byte FifoFlag = 1;
    private const byte FlowFlag = 2;

    public static int BytesMax(QueueConfig config)
    {
        var bytes = 128 + TextMapFormat.BytesMax(config.Opaque) + SpanWriter.BytesMax(config.Redrive?.DeadLetterQueue);
        foreach (var source in config.RedriveAllow?.Sources ?? []) bytes += SpanWriter.BytesMax(source);
        return bytes;
    }

    public static void Write(ref SpanWriter writer, QueueConfig config)
    {
        writer.Byte((byte)((config.IsFifo ? FifoFlag : 0) | (config.Flow == FlowConfig.None ? 0 : FlowFlag)));
        writer.Int64((long)config.Delay.TotalMilliseconds);
        writer.Int64((long)config.VisibilityTimeout.TotalMilliseconds);
        writer.Int64((long)config.Retention.TotalMilliseconds);
        writer.Int64((long)config.ReceiveWait.TotalMilliseconds);
        writer.Int32(config.MessageBytesMax);
        writer.Bool(config.ContentBasedDeduplication);
        writer.Byte((byte)config.DeduplicationScope);
        writer.Byte((byte)config.ThroughputLimit);
        writer.Name(config.Redrive?.DeadLetterQueue);
        writer.Int32(config.Redrive?.ReceiveCountMax ?? 0);
        writer.Bool(config.RedriveAllow is not null);
        if (config.RedriveAllow is { } allow)
        {
            writer.Byte((byte)allow.Permission);
            writer.Int32(allow.Sources.Length);
            foreach (var source in allow.Sources) writer.Name(source);
        }

        TextMapFormat.Write(ref writer, config.Opaque);
        if (config.Flow != FlowConfig.None) WriteFlow(ref writer, config.Flow);
    }

    public static QueueConfig Read(ref SpanReader reader)
    {
        var flags = reader.Byte(FifoFlag | FlowFlag);
        var config = new QueueConfig
        {
            IsFifo = (flags & FifoFlag) != 0,
            Delay = ReadDuration(ref reader),
            VisibilityTimeout = ReadDuration(ref reader),
            Retention = ReadDuration(ref reader),
            ReceiveWait = ReadDuration(ref reader),
            MessageBytesMax = reader.Int32(),
            ContentBasedDeduplication = reader.Bool(),
            DeduplicationScope = (DeduplicationScope)reader.Byte((byte)DeduplicationScope.MessageGroup),
            ThroughputLimit = (ThroughputLimit)reader.Byte((byte)ThroughputLimit.PerMessageGroup),
        };
        var deadLetterQueue = reader.Name();
        var receiveCountMax = reader.Int32();
        if (deadLetterQueue is not null)
            config = config with { Redrive = new RedrivePolicy(deadLetterQueue, receiveCountMax) };
        if (reader.Bool()) config = config with { RedriveAllow = ReadAllow(ref reader) };
        config = config with { Opaque = TextMapFormat.Read(ref reader) };
        return (flags & FlowFlag) == 0 ? config : config with { Flow = ReadFlow(ref reader) };
    }

    private static void WriteFlow(ref SpanWriter writer, FlowConfig flow)
    {
        writer.Int64(flow.MessagesMax ?? 0);
        writer.Int64(flow.BytesMax ?? 0);
        writer.Byte((byte)flow.Overflow);
        writer.Int64((long)(flow.MessageTtl ?? TimeSpan.Zero).TotalMilliseconds);
        writer.Byte((byte)flow.Expired);
        writer.Int32(flow.DeliveryRate ?? 0);
        writer.Int32(flow.DeliveryConcurrency ?? 0);
        writer.Bool(flow.IsDeliveryPaused);
    }

    private static FlowConfig ReadFlow(ref SpanReader reader)
    {
        var patch = new FlowPatch
        {
            MessagesMax = ReadLimit(reader.Int64()),
            BytesMax = ReadLimit(reader.Int64()),
            Overflow = (OverflowPolicy)reader.Byte((byte)OverflowPolicy.DeadLetterOldest),
            MessageTtl = ReadDuration(ref reader),
            Expired = (ExpiryPolicy)reader.Byte((byte)ExpiryPolicy.DeadLetter),
            DeliveryRate = (int)ReadLimit(reader.Int32()),
            DeliveryConcurrency = (int)ReadLimit(reader.Int32()),
            IsDeliveryPaused = reader.Bool(),
        };
        return patch.ApplyTo(FlowConfig.None);
    }

    private static long ReadLimit(long value) =>
        value >= 0 ? value : throw new StateCorruptException($"a limit of {value}");

    private static TimeSpan ReadDuration(ref SpanReader reader)
    {
        var ms = reader.Int64();
        return ms is >= 0 and <= DurationMsMax
            ? TimeSpan.FromMilliseconds(ms)
            : throw new StateCorruptException($"a duration of {ms} ms");
    }

    private static RedriveAllowPolicy ReadAllow(ref SpanReader reader)
    {
        var permission = (RedrivePermission)reader.Byte((byte)RedrivePermission.ByQueue);
        var count = reader.Int32();
        if (count < 0 || count > reader.Remaining) throw new StateCorruptException($"a policy of {count} sources");
        var sources = ImmutableArray.CreateBuilder<QueueName>();
        for (var i = 0; i < count; i++) sources.Add(reader.NameRequired());
        return new RedriveAllowPolicy(permission, sources.ToImmutable());
    }
}
