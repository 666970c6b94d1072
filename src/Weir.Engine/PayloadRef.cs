namespace Weir.Engine;

/// <summary>
/// Where a message's content lies in the log. The engine keeps it and counts what is live; it never reads the bytes.
/// </summary>
public readonly record struct PayloadRef(uint Segment, uint Offset, int Length);
