using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>How a message left its queue, when its consumer did not delete it. A number is for ever: it is on disk.
/// </summary>
internal enum DepartureKind : byte
{
    Expired = 1,
    DeadLettered = 2,

    /// <summary>By a move task, out of a dead-letter queue.</summary>
    Moved = 3,

    Purged = 4,

    /// <summary>Whoever delivered it for its consumer tried as often as it was told to.</summary>
    GivenUp = 5,

    /// <summary>Dropped to make room in its queue.</summary>
    Overflowed = 6,
}

/// <param name="ToQueueId">Where it went; 0 for nowhere.</param>
internal readonly record struct Departure(long Sequence, DepartureKind Kind, long ToQueueId, long ToSequence);

/// <summary>
/// The latest messages that left a queue otherwise than by being deleted, so that whoever asks for one is told what
/// became of it.
/// </summary>
// Invariant: what is kept depends on which messages left, not on the order in which that was noticed (a queue is
// brought to the present when it is looked at): of all that left, those with the highest sequences are kept, and Floor
// is the highest one that is not.
internal sealed class Departures(int max)
{
    private readonly List<Departure> _kept = [];

    /// <summary>Up to this sequence nothing is known of a message that is neither here nor in the queue.</summary>
    public long Floor { get; set; }

    public IReadOnlyList<Departure> Kept => _kept;

    public bool IsEmpty => _kept.Count == 0 && Floor == 0;

    public void Add(in Departure departure)
    {
        if (_kept.Count == max && departure.Sequence < _kept[0].Sequence)
        {
            Floor = Math.Max(Floor, departure.Sequence);
            return;
        }

        // They mostly leave in the order in which they came.
        if (_kept.Count == 0 || _kept[^1].Sequence < departure.Sequence) _kept.Add(departure);
        else Insert(departure);
        if (_kept.Count <= max) return;
        Floor = Math.Max(Floor, _kept[0].Sequence);
        _kept.RemoveAt(0);
    }

    /// <summary>All messages between two sequences, themselves included.</summary>
    public void AddAll(long first, long last, DepartureKind kind)
    {
        if (last - first >= max)
        {
            Floor = Math.Max(Floor, last - max);
            first = last - max + 1;
        }

        for (var sequence = first; sequence <= last; sequence++) Add(new Departure(sequence, kind, 0, 0));
    }

    public Departure? Find(long sequence) => IndexOf(sequence) is var index and >= 0 ? _kept[index] : null;

    private void Insert(in Departure departure)
    {
        var index = IndexOf(departure.Sequence);
        if (index >= 0) throw new StateCorruptException($"message {departure.Sequence} leaves its queue twice");
        _kept.Insert(~index, departure);
    }

    /// <returns>The complement of where it would be when it is not there.</returns>
    private int IndexOf(long sequence)
    {
        var (low, high) = (0, _kept.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = _kept[middle].Sequence;
            if (found == sequence) return middle;
            if (found < sequence) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
