using Weir.Engine;

namespace Weir.Tests.Engine.Model;

/// <summary>A message as a plain set of facts; what state it is in follows from them and the time.</summary>
internal sealed record MessageModel
{
    public required Guid Id { get; init; }

    public required long Sequence { get; init; }

    public required long SentMs { get; init; }

    public string? Group { get; init; }

    public string? Dedup { get; init; }

    public QueueName? Source { get; init; }

    public int Receives { get; set; }

    public long FirstReceivedMs { get; set; }

    public long LeasedMs { get; set; }

    public long VisibleMs { get; set; }

    /// <summary>True when the latest lease has ended and is counted as processing time.</summary>
    public bool IsCounted { get; set; } = true;

    public bool IsVisible(long now) => VisibleMs <= now;

    public bool IsInFlight(long now) => VisibleMs > now && Receives > 0;

    public bool IsDelayed(long now) => VisibleMs > now && Receives == 0;

    public string Describe(long queueId) =>
        $"{Id} handle {queueId}/{Sequence}/{Receives} sent {SentMs} first {FirstReceivedMs} {Group} "
        + $"{Dedup} {Source?.Name}";

    public static string Describe(LeasedMessage message) =>
        $"{message.MessageId} "
        + $"handle {message.Receipt.QueueId}/{message.Receipt.Sequence}/{message.Receipt.ReceiveCount} "
        + $"sent {message.SentUnixMs} first {message.FirstReceivedUnixMs} {message.GroupId} {message.DeduplicationId} "
        + $"{message.DeadLetterSource?.Name}";
}
