using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>
/// The messages of one group of a FIFO queue, in order. While any of them is leased the whole group waits, so one
/// batch at most is in flight, and a message that failed is delivered again before those behind it.
/// </summary>
internal sealed class MessageGroup(string id)
{
    public readonly string Id = id;
    public Entry? Head;
    public Entry? Tail;
    public int InFlight;
    public int HeapIndex = -1;

    /// <summary>True when the group's first message may be received now.</summary>
    public bool IsEligible => InFlight == 0 && Head is { State: EntryState.Ready };

    public void Append(Entry entry)
    {
        entry.Group = this;
        entry.GroupPrevious = Tail;
        if (Tail is null) Head = entry;
        else Tail.GroupNext = entry;
        Tail = entry;
    }

    public void Remove(Entry entry)
    {
        if (entry.GroupPrevious is null) Head = entry.GroupNext;
        else entry.GroupPrevious.GroupNext = entry.GroupNext;
        if (entry.GroupNext is null) Tail = entry.GroupPrevious;
        else entry.GroupNext.GroupPrevious = entry.GroupPrevious;
        entry.Group = null;
        entry.GroupPrevious = entry.GroupNext = null;
    }

    /// <summary>The group whose first message was sent first goes first.</summary>
    public readonly struct ByHead : IHeapOrder<MessageGroup>
    {
        public static bool Before(MessageGroup left, MessageGroup right) => left.Head!.Sequence < right.Head!.Sequence;

        public static int GetIndex(MessageGroup item) => item.HeapIndex;

        public static void SetIndex(MessageGroup item, int index) => item.HeapIndex = index;
    }
}
