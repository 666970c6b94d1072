using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Weir.Engine.Queues;

namespace Weir.Engine.State;

/// <summary>
/// Counts, for each log segment, what in it the state still refers to: messages' contents, and the blocks of runs. A
/// segment without any can be recycled once a checkpoint has passed it; one with little is worth compacting.
/// </summary>
public sealed class LiveLedger
{
    /// <summary>
    /// What a content's record takes beside the content, about. The least, so that the live share is never overstated
    /// by much.
    /// </summary>
    private const int RecordBytes = 80;

    private readonly Dictionary<uint, Live> _segments = [];

    /// <summary>Contents referred to, counted once for each message.</summary>
    public long Count { get; private set; }

    /// <summary>All that is referred to, in bytes of the log, about.</summary>
    public long Bytes { get; private set; }

    public bool IsLive(uint segment) => _segments.ContainsKey(segment);

    /// <summary>The live bytes of a segment, about; 0 when nothing refers to it.</summary>
    public long BytesIn(uint segment) => _segments.GetValueOrDefault(segment).Bytes;

    internal static long BytesOf(PayloadRef payload) => RecordBytes + (long)payload.Length;

    /// <summary>The contents of a run's messages alone, as they are stored.</summary>
    internal static long ContentBytesOf(Run run) =>
        run.Shares.Sum(share => share.Bytes - (RecordBytes * (long)share.Count));

    internal void Add(PayloadRef payload) => Add(payload.Segment, 1, BytesOf(payload));

    internal void Release(PayloadRef payload) => Release(payload.Segment, 1, BytesOf(payload));

    internal void Add(Run run)
    {
        foreach (var share in run.Shares) Add(share.Segment, share.Count, share.Bytes);
    }

    internal void Release(Run run)
    {
        foreach (var share in run.Shares) Release(share.Segment, share.Count, share.Bytes);
    }

    /// <summary>A block holds its segment as a content does, and is no message.</summary>
    internal void AddBlock(PayloadRef block)
    {
        Add(block);
        Count--;
    }

    internal void ReleaseBlock(PayloadRef block)
    {
        Release(block);
        Count++;
    }

    private void Add(uint segment, long count, long bytes)
    {
        ref var live = ref CollectionsMarshal.GetValueRefOrAddDefault(_segments, segment, out _);
        live.Count += count;
        live.Bytes += bytes;
        Count += count;
        Bytes += bytes;
    }

    private void Release(uint segment, long count, long bytes)
    {
        ref var live = ref CollectionsMarshal.GetValueRefOrNullRef(_segments, segment);
        if (Unsafe.IsNullRef(ref live) || live.Count < count)
            throw new StateCorruptException($"segment {segment} has fewer live contents than are released");
        live.Count -= count;
        live.Bytes -= bytes;
        Count -= count;
        Bytes -= bytes;
        if (live.Count == 0) _segments.Remove(segment);
    }

    private struct Live
    {
        public long Count;
        public long Bytes;
    }
}
