using Weir.Engine.State;

namespace Weir.Engine.Queues;

internal enum EntryState : byte
{
    /// <summary>May be received (in a FIFO queue: once its group's turn has come).</summary>
    Ready,

    /// <summary>Not yet visible for the first time.</summary>
    Delayed,

    /// <summary>Received, and invisible until its visibility timeout ends.</summary>
    Leased,
}

/// <summary>A message outside the backlog: leased, delayed, returned, or of a group in the window.</summary>
internal sealed class Entry(in Message message)
{
    public Message Message = message;

    // Where it stands.
    public EntryState State;
    public long LeasedUnixMs;

    /// <summary>True while the lease is the broker's own: it delivers the message or passes it on.</summary>
    public bool IsLeasedByBroker;

    /// <summary>The receive with an attempt id that leased it last, as long as that can be repeated.</summary>
    public ReceiveAttempt? Attempt;

    /// <summary>The number of the last checkpoint that has this entry, or is older than it.</summary>
    public int CutNumber;

    // Its places in the queue's structures.
    public int HeapIndex = -1;
    public int AgeIndex = -1;
    public MessageGroup? Group;
    public Entry? GroupPrevious;
    public Entry? GroupNext;
    public FairGroup? Fair;

    public long Sequence => Message.Sequence;

    public int ReceiveCount => Message.ReceiveCount;

    public long VisibleUnixMs => Message.VisibleUnixMs;

    /// <summary>Soonest visible first: the heap of delayed and leased entries.</summary>
    public readonly struct ByVisibility : IHeapOrder<Entry>
    {
        public static bool Before(Entry left, Entry right) =>
            left.VisibleUnixMs < right.VisibleUnixMs
            || (left.VisibleUnixMs == right.VisibleUnixMs && left.Sequence < right.Sequence);

        public static int GetIndex(Entry item) => item.HeapIndex;

        public static void SetIndex(Entry item, int index) => item.HeapIndex = index;
    }

    /// <summary>First sent first: the heap of entries that are ready.</summary>
    public readonly struct BySequence : IHeapOrder<Entry>
    {
        public static bool Before(Entry left, Entry right) => left.Sequence < right.Sequence;

        public static int GetIndex(Entry item) => item.HeapIndex;

        public static void SetIndex(Entry item, int index) => item.HeapIndex = index;
    }

    /// <summary>Oldest first: the heap that retention looks at.</summary>
    public readonly struct ByAge : IHeapOrder<Entry>
    {
        public static bool Before(Entry left, Entry right) =>
            left.Message.SentUnixMs < right.Message.SentUnixMs
            || (left.Message.SentUnixMs == right.Message.SentUnixMs && left.Sequence < right.Sequence);

        public static int GetIndex(Entry item) => item.AgeIndex;

        public static void SetIndex(Entry item, int index) => item.AgeIndex = index;
    }
}
