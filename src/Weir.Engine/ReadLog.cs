namespace Weir.Engine;

/// <summary>
/// Reads back what the engine once wrote to the log: a content with its checksum in front. The log is immutable where
/// the state refers to it, so this is a function of the location and nothing else.
/// </summary>
/// <param name="destination">As many bytes as <see cref="Payload.StoredLength"/> says.</param>
public delegate void ReadLog(PayloadRef location, Span<byte> destination);
