using System.Collections.Immutable;
using Weir.Engine.State;

namespace Weir.Engine;

/// <summary>Sets an optional part of a configuration, or removes it (a null value).</summary>
public readonly record struct Change<T>(T? Value)
    where T : class;

/// <summary>The parts of a <see cref="QueueConfig"/> to set; null leaves a part as it is.</summary>
public sealed record QueueConfigPatch
{
    /// <summary>More than a configuration's fields of fixed length take.</summary>
    private const int FieldsBytesMax = 128;

    public static QueueConfigPatch Empty { get; } = new();

    public TimeSpan? Delay { get; init; }

    public TimeSpan? VisibilityTimeout { get; init; }

    public TimeSpan? Retention { get; init; }

    public TimeSpan? ReceiveWait { get; init; }

    public int? MessageBytesMax { get; init; }

    public Change<RedrivePolicy>? Redrive { get; init; }

    public Change<RedriveAllowPolicy>? RedriveAllow { get; init; }

    public bool? ContentBasedDeduplication { get; init; }

    public DeduplicationScope? DeduplicationScope { get; init; }

    public ThroughputLimit? ThroughputLimit { get; init; }

    public FlowPatch? Flow { get; init; }

    /// <summary>A null value removes the attribute.</summary>
    public ImmutableSortedDictionary<string, string?> Opaque { get; init; } =
        ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal);

    public QueueConfig ApplyTo(QueueConfig config)
    {
        var opaque = config.Opaque;
        foreach (var (name, value) in Opaque)
            opaque = value is null ? opaque.Remove(name) : opaque.SetItem(name, value);
        return config with
        {
            Delay = Delay ?? config.Delay,
            VisibilityTimeout = VisibilityTimeout ?? config.VisibilityTimeout,
            Retention = Retention ?? config.Retention,
            ReceiveWait = ReceiveWait ?? config.ReceiveWait,
            MessageBytesMax = MessageBytesMax ?? config.MessageBytesMax,
            Redrive = Redrive is { } redrive ? redrive.Value : config.Redrive,
            RedriveAllow = RedriveAllow is { } allow ? allow.Value : config.RedriveAllow,
            ContentBasedDeduplication = ContentBasedDeduplication ?? config.ContentBasedDeduplication,
            DeduplicationScope = DeduplicationScope ?? config.DeduplicationScope,
            ThroughputLimit = ThroughputLimit ?? config.ThroughputLimit,
            Flow = Flow?.ApplyTo(config.Flow) ?? config.Flow,
            Opaque = opaque,
        };
    }

    /// <summary>An upper bound of what this adds to a configuration on disk.</summary>
    internal int BytesMax
    {
        get
        {
            var bytes = FieldsBytesMax + SpanWriter.BytesMax(Redrive?.Value?.DeadLetterQueue);
            foreach (var source in RedriveAllow?.Value?.Sources ?? []) bytes += SpanWriter.BytesMax(source);
            foreach (var (name, value) in Opaque)
                bytes += SpanWriter.BytesMax(name) + SpanWriter.BytesMax(value);
            return bytes;
        }
    }
}
