namespace Weir.Engine.Definitions;

/// <summary>
/// A document of the broker's that the engine keeps without reading it: a topic, a subscription, a rule, a schedule.
/// Immutable; a change replaces it.
/// </summary>
/// <param name="value">At most <see cref="ValueBytesMax"/> bytes, in the broker's own format.</param>
/// <param name="revision">Unlike that of any definition before it in this shard; rises.</param>
public sealed class Definition(ReadOnlyMemory<byte> value, long revision)
{
    /// <summary>A filter policy of 256 KiB and more beside it.</summary>
    public const int ValueBytesMax = 1 << 20;

    private object? _parsed;

    public ReadOnlyMemory<byte> Value { get; } = value;

    public long Revision { get; } = revision;

    /// <summary>The value as its reader makes it, which it does once.</summary>
    public T Read<T>(Func<ReadOnlyMemory<byte>, T> parse)
        where T : class
    {
        if (_parsed is T parsed) return parsed;
        parsed = parse(Value);
        _parsed = parsed;
        return parsed;
    }
}
