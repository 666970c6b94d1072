using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Weir.Engine.Queues;

/// <summary>
/// How long consumers were busy with a queue's messages in this minute and the one before, in all and by group.
/// </summary>
// Groups are told apart by two hashes of ten bits, and the smaller of their two sums counts: so it is bounded whatever
// ids there are, does not depend on the order in which leases end, and takes a quiet group for a noisy one with a
// chance of one in a million. A sum belongs to the minute in which the lease ended.
internal sealed class ProcessingTime
{
    private const long MinuteMs = 60_000;
    private const int Rows = 2;
    private const int RowBits = 10;

    /// <summary>Groups' sums of one minute are at most this many.</summary>
    public const int SumsMax = Rows << RowBits;

    private Minute _current = new();
    private Minute _previous = new();

    /// <summary>Minutes since 1970.</summary>
    public long Number { get; private set; }

    public bool IsEmpty => _current.TotalMs == 0 && _previous.TotalMs == 0;

    public long TotalMs => _current.TotalMs + _previous.TotalMs;

    public void AdvanceTo(long nowUnixMs)
    {
        var number = nowUnixMs / MinuteMs;
        if (number <= Number) return;
        var isNext = number == Number + 1;
        Number = number;
        if (IsEmpty) return;
        (_previous, _current) = (isNext ? _current : _previous, isNext ? _previous : _current);
        _current.Clear();
        if (!isNext) _previous.Clear();
    }

    /// <summary>A lease ended.</summary>
    public void Add(string? groupId, long ms, long endUnixMs)
    {
        AdvanceTo(endUnixMs);
        var age = Number - (endUnixMs / MinuteMs);
        if (age > 1 || ms <= 0) return;
        var minute = age == 1 ? _previous : _current;
        minute.TotalMs += ms;
        if (groupId is null) return;
        var hash = HashOf(groupId);
        for (var row = 0; row < Rows; row++) minute.Add(SlotOf(hash, row), ms);
    }

    public long Of(string groupId)
    {
        if (IsEmpty) return 0;
        var (hash, least) = (HashOf(groupId), long.MaxValue);
        for (var row = 0; row < Rows; row++)
        {
            var slot = SlotOf(hash, row);
            least = Math.Min(least, _current.Of(slot) + _previous.Of(slot));
        }

        return least;
    }

    public void Clear()
    {
        _current.Clear();
        _previous.Clear();
    }

    /// <summary>The minute before, then this one; for checkpoints.</summary>
    public (Minute Previous, Minute Current) Minutes => (_previous, _current);

    public void Restore(long number, Minute previous, Minute current) =>
        (Number, _previous, _current) = (number, previous, current);

    private static ulong HashOf(string groupId) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(groupId.AsSpan()));

    private static int SlotOf(ulong hash, int row) =>
        (row << RowBits) | (int)((hash >> (row * RowBits)) & ((1 << RowBits) - 1));

    /// <summary>The sums of one minute.</summary>
    internal sealed class Minute
    {
        private readonly Dictionary<int, long> _slots = [];

        public long TotalMs { get; set; }

        public IReadOnlyDictionary<int, long> Slots => _slots;

        public void Add(int slot, long ms) => _slots[slot] = Of(slot) + ms;

        public long Of(int slot) => _slots.GetValueOrDefault(slot);

        public void Clear()
        {
            TotalMs = 0;
            _slots.Clear();
            _slots.TrimExcess();
        }
    }
}
