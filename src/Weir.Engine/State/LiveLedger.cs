using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weir.Engine.State;

/// <summary>
/// Counts, for each log segment, the message contents in it that some queue still refers to. A segment without any
/// can be recycled once a checkpoint has passed it.
/// </summary>
public sealed class LiveLedger
{
    private readonly Dictionary<uint, Live> _segments = [];

    /// <summary>Contents referred to, counted once for each queue entry.</summary>
    public long Count { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    public bool IsLive(uint segment) => _segments.ContainsKey(segment);

    internal void Add(PayloadRef payload)
    {
        ref var live = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _segments, payload.Segment, out _);
        live.Count++;
        live.Bytes += payload.Length;
        Count++;
        Bytes += payload.Length;
    }

    internal void Release(PayloadRef payload)
    {
        ref var live = ref CollectionsMarshal.GetValueRefOrNullRef(
            _segments, payload.Segment);
        if (Unsafe.IsNullRef(ref live))
            throw new InvalidOperationException($"Segment {payload.Segment} holds nothing live to release.");
        live.Count--;
        live.Bytes -= payload.Length;
        Count--;
        Bytes -= payload.Length;
        if (live.Count == 0) _segments.Remove(payload.Segment);
    }

    private struct Live
    {
        public long Count;
        public long Bytes;
    }
}
