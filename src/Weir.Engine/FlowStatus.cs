namespace Weir.Engine;

/// <summary>Which of a queue's own limits holds something up.</summary>
public enum FlowLimit : byte
{
    MaxMessages,
    MaxBytes,
    DeliveryRate,
    DeliveryConcurrency,
    DeliveryPaused,
}

/// <summary>A limit that is reached, since when, and what was refused for it.</summary>
/// <param name="Value">What counts against the limit now.</param>
/// <param name="SinceUnixMs">When it was first noticed, at most since the process started; null: not told.</param>
public readonly record struct FlowHold(FlowLimit Limit, long Max, long Value, long? SinceUnixMs);

/// <summary>How a queue's flow stands.</summary>
/// <param name="Sending">Why sends are refused, or the oldest messages make room; null: there is room.</param>
/// <param name="Delivery">Why receives find nothing, or fewer than there are; null: nothing holds them up.</param>
/// <param name="Refused">Messages that were refused since the process started.</param>
public sealed record FlowStatus(FlowHold? Sending, FlowHold? Delivery, long Bytes, long Refused, FlowCounters Counters);

/// <summary>What left the queue by its own rules, since it was created.</summary>
public readonly record struct FlowCounters(
    long OverflowDropped, long OverflowDeadLettered, long ExpiredDropped, long ExpiredDeadLettered);
