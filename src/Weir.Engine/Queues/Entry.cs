using Weir.Engine.State;

namespace Weir.Engine.Queues;

internal enum EntryState : byte
{
    /// <summary>May be received (in a FIFO queue: once its group's turn has come).</summary>
    Ready,

    /// <summary>Not yet visible for the first time.</summary>
    Delayed,

    /// <summary>Received, and invisible until <see cref="Entry.VisibleUnixMs"/>.</summary>
    Leased,
}

/// <summary>A message in a queue. Its content is in the log.</summary>
internal sealed class Entry
{
    // What the message is.
    public required Guid MessageId;
    public required long Sequence;
    public required PayloadRef Payload;
    public required long SentUnixMs;
    public string? GroupId;
    public string? DeduplicationId;
    public QueueName? DeadLetterSource;

    // Where it stands.
    public EntryState State;
    public int ReceiveCount;
    public long FirstReceivedUnixMs;
    public long LeasedUnixMs;
    public long VisibleUnixMs;

    /// <summary>The receive with an attempt id that leased it last.</summary>
    public ReceiveAttempt? Attempt;

    // Its places in the queue's structures.
    public Entry? Previous;
    public Entry? Next;
    public int HeapIndex = -1;
    public int AgeIndex = -1;
    public MessageGroup? Group;
    public Entry? GroupPrevious;
    public Entry? GroupNext;

    /// <summary>Soonest visible first: the heap of delayed and leased entries.</summary>
    public readonly struct ByVisibility : IHeapOrder<Entry>
    {
        public static bool Before(Entry left, Entry right) =>
            left.VisibleUnixMs < right.VisibleUnixMs
            || (left.VisibleUnixMs == right.VisibleUnixMs && left.Sequence < right.Sequence);

        public static int GetIndex(Entry item) => item.HeapIndex;

        public static void SetIndex(Entry item, int index) => item.HeapIndex = index;
    }

    /// <summary>First sent first: the heap of entries that became visible out of turn.</summary>
    public readonly struct BySequence : IHeapOrder<Entry>
    {
        public static bool Before(Entry left, Entry right) => left.Sequence < right.Sequence;

        public static int GetIndex(Entry item) => item.HeapIndex;

        public static void SetIndex(Entry item, int index) => item.HeapIndex = index;
    }

    /// <summary>
    /// Oldest first: the heap of entries that came with an earlier sending time than their place says.
    /// </summary>
    public readonly struct ByAge : IHeapOrder<Entry>
    {
        public static bool Before(Entry left, Entry right) =>
            left.SentUnixMs < right.SentUnixMs
            || (left.SentUnixMs == right.SentUnixMs && left.Sequence < right.Sequence);

        public static int GetIndex(Entry item) => item.AgeIndex;

        public static void SetIndex(Entry item, int index) => item.AgeIndex = index;
    }
}
