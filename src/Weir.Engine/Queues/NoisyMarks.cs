namespace Weir.Engine.Queues;

/// <summary>A group that was found noisy: when it last sent, and the last message that may be of its backlog.</summary>
internal readonly record struct NoisyMark(long SentUnixMs, long LastSequence);

/// <summary>The groups of a queue that were found noisy and have not become quiet since.</summary>
// A mark outlives the shares that made it. Otherwise a noisy group, held back until it has few messages in flight,
// would be quiet again with the oldest messages of all, and take 30 consumers from the quiet ones for good.
internal sealed class NoisyMarks
{
    /// <summary>Amazon SQS: a noisy tenant that sends nothing for so long is quiet again.</summary>
    public const long SilenceMs = 5 * 60 * 1000;

    /// <summary>Beyond it, a further group is noisy only as long as its shares say so.</summary>
    public const int Max = 64;

    private readonly SortedDictionary<string, NoisyMark> _marks = new(StringComparer.Ordinal);

    public int Count => _marks.Count;

    public IReadOnlyCollection<KeyValuePair<string, NoisyMark>> All => _marks;

    public bool TryGet(string groupId, out NoisyMark mark) => _marks.TryGetValue(groupId, out mark);

    public bool IsFull => _marks.Count >= Max;

    public void Set(string groupId, NoisyMark mark) => _marks[groupId] = mark;

    public void Remove(string groupId) => _marks.Remove(groupId);

    public void Clear() => _marks.Clear();
}
