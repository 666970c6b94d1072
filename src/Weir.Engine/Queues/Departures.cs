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
// Invariants
// 1. What is kept depends on which messages left, not on the order in which that was noticed (a queue is brought to the
//    present when it is looked at): of all that left, those with the highest sequences are kept, and Floor is the
//    highest one that is not.
// 2. They lie in a ring in the order of their sequences, so that what leaves in that order, as most does, costs the
//    same however many are kept. The ring grows to its bound as it fills: most queues have none.
internal sealed class Departures(int max)
{
    private const int RingMin = 8;

    private Departure[] _ring = [];
    private int _first;

    /// <summary>Up to this sequence nothing is known of a message that is neither here nor in the queue.</summary>
    public long Floor { get; set; }

    public int Count { get; private set; }

    public bool IsEmpty => Count == 0 && Floor == 0;

    /// <summary>Places that were moved for what left out of order; for tests.</summary>
    internal long Moves { get; private set; }

    /// <summary>By sequence, lowest first.</summary>
    public ref readonly Departure this[int index] => ref Place(index);

    public void Add(in Departure departure)
    {
        if (max == 0 || (Count == max && departure.Sequence < Place(0).Sequence))
        {
            Floor = Math.Max(Floor, departure.Sequence);
            return;
        }

        // They mostly leave in the order in which they came.
        var index = Count;
        if (Count > 0 && Place(Count - 1).Sequence >= departure.Sequence)
        {
            index = IndexOf(departure.Sequence);
            if (index >= 0) throw new StateCorruptException($"message {departure.Sequence} leaves its queue twice");
            index = ~index;
        }

        if (Count == max)
        {
            DropFirst();
            index--;
        }

        Insert(index, departure);
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

    public Departure? Find(long sequence) => IndexOf(sequence) is var index and >= 0 ? Place(index) : null;

    private ref Departure Place(int index)
    {
        if ((uint)index >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(index));
        return ref _ring[(_first + index) % _ring.Length];
    }

    private void DropFirst()
    {
        Floor = Math.Max(Floor, Place(0).Sequence);
        _first = (_first + 1) % _ring.Length;
        Count--;
    }

    private void Insert(int index, in Departure departure)
    {
        if (Count == _ring.Length) Grow();
        Count++;
        for (var i = Count - 1; i > index; i--)
        {
            Place(i) = Place(i - 1);
            Moves++;
        }

        Place(index) = departure;
    }

    private void Grow()
    {
        var ring = new Departure[Math.Min(max, Math.Max(RingMin, 2 * _ring.Length))];
        for (var i = 0; i < Count; i++) ring[i] = Place(i);
        (_ring, _first) = (ring, 0);
    }

    /// <returns>The complement of where it would be when it is not there.</returns>
    private int IndexOf(long sequence)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = Place(middle).Sequence;
            if (found == sequence) return middle;
            if (found < sequence) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
