namespace Weir.Simulator;

// A message as a plain set of facts; whether it is delayed, visible or in flight follows from them and the time.
internal sealed record MessageModel
{
    public required int Number { get; init; }

    public required long Sequence { get; init; }

    // Of its content as it is stored.
    public required int Bytes { get; init; }

    // 0: it has no time to live.
    public long ExpiresMs { get; init; }

    public required long SentMs { get; init; }

    public string? Group { get; init; }

    public string? Dedup { get; init; }

    public string? Source { get; init; }

    public int Receives { get; init; }

    public long FirstReceivedMs { get; init; }

    public long LeasedMs { get; init; }

    public long VisibleMs { get; init; }

    // The latest lease has ended and is counted as processing time.
    public bool IsCounted { get; init; } = true;

    public bool IsExpired(long now) => ExpiresMs != 0 && ExpiresMs <= now;

    public bool IsVisible(long now) => VisibleMs <= now;

    public bool IsInFlight(long now) => VisibleMs > now && Receives > 0;

    public bool IsDelayed(long now) => VisibleMs > now && Receives == 0;

    public string Describe(long queueId) => Answers.Message(
        Number, queueId, Sequence, Receives, SentMs, FirstReceivedMs, Group, Dedup, Source);
}

// A handle as a receive gave it.
internal readonly record struct HandleModel(int Queue, long QueueId, long Sequence, int Receives);
