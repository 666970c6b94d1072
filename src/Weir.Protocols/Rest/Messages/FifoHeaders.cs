using Weir.Engine;

namespace Weir.Protocols.Rest.Messages;

/// <summary>Group and deduplication ids: 1 to 128 visible ASCII characters.</summary>
internal sealed record FifoHeaders(string? GroupId, string? DeduplicationId)
{
    private const string GroupHeader = RestOperation.HeaderPrefix + "Group-Id";
    private const string DeduplicationHeader = RestOperation.HeaderPrefix + "Deduplication-Id";
    private const int LengthMax = 128;

    public static IReadOnlyList<string> Headers { get; } = ["Group-Id", "Deduplication-Id"];

    /// <param name="name">Of the queue or topic, whose kind its suffix tells.</param>
    public static (FifoHeaders Ids, Problem? Problem) Read(RestCall call, string name, int messages)
    {
        var ids = new FifoHeaders(call.Header(GroupHeader), call.Header(DeduplicationHeader));
        var isFifo = name.EndsWith(QueueName.FifoSuffix, StringComparison.Ordinal);
        var problem = Check(GroupHeader, ids.GroupId) ?? Check(DeduplicationHeader, ids.DeduplicationId);
        if (isFifo && ids.GroupId is null)
            problem ??= Problems.InvalidHeader(GroupHeader, $"is missing: {name} keeps the order within groups.");
        if (!isFifo && ids.DeduplicationId is not null)
            problem ??= Problems.InvalidHeader(DeduplicationHeader, "is only for FIFO queues and topics.");
        if (messages > 1 && ids.DeduplicationId is not null)
            problem ??= Problems.InvalidHeader(DeduplicationHeader, "cannot be that of several events at once.");
        return (ids, problem);
    }

    /// <summary>The caller's, or that of the event.</summary>
    public string? DeduplicationIdOf(InboundMessage message, string name) => DeduplicationId
        ?? (name.EndsWith(QueueName.FifoSuffix, StringComparison.Ordinal) ? message.EventId : null);

    private static Problem? Check(string header, string? id) =>
        id is null || (id.Length <= LengthMax && !id.AsSpan().ContainsAnyExceptInRange('!', '~'))
            ? null
            : Problems.InvalidHeader(header, $"has 1 to {LengthMax} visible ASCII characters.");
}
