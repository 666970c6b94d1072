using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>What was sent under a deduplication id, and until when the id is remembered.</summary>
/// <param name="Key">Stands for the id and its scope; see <see cref="DedupWindow.KeyOf"/>.</param>
internal readonly record struct Duplicate(UInt128 Key, Guid MessageId, long Sequence, long UntilUnixMs);

/// <summary>The deduplication ids of the last five minutes of a FIFO queue.</summary>
// An id is remembered as its 128-bit hash: 80 bytes each instead of some 250, whatever its length. Two ids of one
// window meet in a hash with a chance of about 1 in 10^26 at a million ids.
internal sealed class DedupWindow
{
    /// <summary>Amazon SQS: the deduplication interval.</summary>
    public const long WindowMs = 5 * 60 * 1000;

    private readonly Dictionary<UInt128, long> _places = [];
    private readonly Deque<Duplicate> _byTime = new();
    private long _forgotten;

    public int Count => _byTime.Count;

    /// <param name="groupId">Null when the whole queue is the scope.</param>
    public static UInt128 KeyOf(string? groupId, string id)
    {
        // The lengths in front keep ("a", "bc") and ("ab", "c") apart.
        var length = (groupId?.Length ?? 0) + id.Length + 2;
        var rented = length > 512 ? ArrayPool<char>.Shared.Rent(length) : null;
        var text = rented is null ? stackalloc char[length] : rented.AsSpan(0, length);
        text[0] = (char)(groupId is null ? 0 : 1);
        text[1] = (char)(groupId?.Length ?? 0);
        groupId?.CopyTo(text[2..]);
        id.CopyTo(text[(length - id.Length)..]);
        var key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text));
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        return key;
    }

    public Duplicate? Find(UInt128 key) =>
        _places.TryGetValue(key, out var place) ? _byTime[(int)(place - _forgotten)] : null;

    public void Add(in Duplicate duplicate)
    {
        _places[duplicate.Key] = _forgotten + _byTime.Count;
        _byTime.Append(duplicate);
    }

    public void Advance(long nowUnixMs)
    {
        while (_byTime.Count > 0 && _byTime.First.UntilUnixMs <= nowUnixMs)
        {
            var key = _byTime.First.Key;
            if (_places.TryGetValue(key, out var place) && place == _forgotten) _places.Remove(key);
            _byTime.PopFirst();
            _forgotten++;
        }
    }

    public Deque<Duplicate>.Snapshot TakeSnapshot() => _byTime.TakeSnapshot();
}
