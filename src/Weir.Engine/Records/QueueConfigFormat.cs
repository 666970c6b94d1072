using System.Collections.Immutable;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>A queue's configuration on disk, in records and checkpoints. Times are milliseconds.</summary>
internal static class QueueConfigFormat
{
    /// <summary>Longer than any that protocols let through; sums with the time cannot overflow.</summary>
    private const long DurationMsMax = 100L * 366 * 24 * 60 * 60 * 1000;

    public static int BytesMax(QueueConfig config)
    {
        var bytes = 64 + TextMapFormat.BytesMax(config.Opaque) + SpanWriter.BytesMax(config.Redrive?.DeadLetterQueue);
        foreach (var source in config.RedriveAllow?.Sources ?? []) bytes += SpanWriter.BytesMax(source);
        return bytes;
    }

    public static void Write(ref SpanWriter writer, QueueConfig config)
    {
        writer.Bool(config.IsFifo);
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
    }

    public static QueueConfig Read(ref SpanReader reader)
    {
        var config = new QueueConfig
        {
            IsFifo = reader.Bool(),
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
        return config with { Opaque = TextMapFormat.Read(ref reader) };
    }

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
