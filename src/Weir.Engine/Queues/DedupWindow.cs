namespace Weir.Engine.Queues;

/// <summary>What was sent under a deduplication id, and until when the id is remembered.</summary>
internal readonly record struct Duplicate(string? GroupId, string Id, Guid MessageId, long Sequence, long UntilUnixMs);

/// <summary>The deduplication ids of the last five minutes of a FIFO queue.</summary>
internal sealed class DedupWindow
{
    /// <summary>Amazon SQS: the deduplication interval.</summary>
    public const long WindowMs = 5 * 60 * 1000;

    private readonly Dictionary<(string? GroupId, string Id), Duplicate> _seen = [];
    private readonly Queue<Duplicate> _byTime = new();

    /// <summary>In the order in which they were added.</summary>
    public IEnumerable<Duplicate> Items => _byTime;

    public int Count => _byTime.Count;

    public Duplicate? Find(string? groupId, string id) =>
        _seen.TryGetValue((groupId, id), out var duplicate) ? duplicate : null;

    public void Add(Duplicate duplicate)
    {
        _seen[(duplicate.GroupId, duplicate.Id)] = duplicate;
        _byTime.Enqueue(duplicate);
    }

    public void Advance(long nowUnixMs)
    {
        while (_byTime.TryPeek(out var oldest) && oldest.UntilUnixMs <= nowUnixMs)
        {
            _byTime.Dequeue();
            if (_seen.TryGetValue((oldest.GroupId, oldest.Id), out var current) && current == oldest)
                _seen.Remove((oldest.GroupId, oldest.Id));
        }
    }
}
