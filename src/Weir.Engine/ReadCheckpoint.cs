namespace Weir.Engine;

/// <summary>
/// Reads a checkpoint from its beginning to its end: fills the span with the next bytes and answers true, or answers
/// false at the end.
/// </summary>
public delegate bool ReadCheckpoint(Span<byte> destination);
