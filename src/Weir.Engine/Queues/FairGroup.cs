using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>The messages of one group of a standard queue that are ready or in flight outside the backlog.</summary>
internal sealed class FairGroup(string id)
{
    public readonly string Id = id;

    /// <summary>First sent first.</summary>
    public readonly IndexedHeap<Entry, Entry.BySequence> Ready = new();

    public int InFlight;
    public int HeapIndex = -1;

    public bool IsEmpty => Ready.Count == 0 && InFlight == 0;

    /// <summary>The group whose first message was sent first goes first.</summary>
    public readonly struct ByHead : IHeapOrder<FairGroup>
    {
        public static bool Before(FairGroup left, FairGroup right) =>
            left.Ready.First!.Sequence < right.Ready.First!.Sequence;

        public static int GetIndex(FairGroup item) => item.HeapIndex;

        public static void SetIndex(FairGroup item, int index) => item.HeapIndex = index;
    }
}
