namespace Weir.Broker.Messages;

/// <summary>
/// What a message tells of the topic that it was published to. It is kept beside the body, not around it: the same
/// content serves those who want an envelope and those who want the message as it was published.
/// </summary>
/// <param name="MessageId">As the topic gave it; the message has another in each queue.</param>
/// <param name="SignatureVersion">1 or 2: how the topic wants envelopes signed.</param>
public sealed record Notification(
    string TopicAccount, string TopicRegion, string TopicName, Guid MessageId, string? Subject, long PublishedUnixMs,
    int SignatureVersion)
{
    /// <summary>
    /// The message's number in its FIFO topic; 0 until it is published. Null: the topic numbers none, or did not when
    /// it was stored.
    /// </summary>
    public long? Sequence { get; init; }

    /// <summary>True for a copy that comes from the topic's archive.</summary>
    public bool IsReplayed { get; init; }
}
