using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine;

/// <summary>A message as it is stored, whatever its state. Times are Unix milliseconds.</summary>
public sealed record StoredMessage(
    QueueName Queue,
    Guid MessageId,
    long Sequence,
    PayloadRef Payload,
    long SentUnixMs,
    int ReceiveCount,
    string? GroupId,
    string? DeduplicationId,
    Guid Via)
{
    /// <summary>The queue whose policies moved the message here, if one did.</summary>
    public QueueName? DeadLetterSource { get; init; }

    /// <summary>Why they did.</summary>
    public DeadLetterCause Cause { get; init; }
}

internal static class StoredMessages
{
    public static IEnumerable<StoredMessage> Of(ShardState state, Action<int, Exception>? unreadable) => state.Queues
        .OrderBy(queue => queue.Name)
        .SelectMany(queue => Of(queue, state.ReadLog, unreadable)
            .Where(message => message.SentUnixMs > state.NowUnixMs - (long)queue.Config.Retention.TotalMilliseconds)
            .OrderBy(message => message.Sequence));

    private static IEnumerable<StoredMessage> Of(Queue queue, ReadLog readLog, Action<int, Exception>? unreadable)
    {
        foreach (var entry in queue.Entries) yield return Describe(queue, entry.Message);
        for (var i = 0; i < queue.Backlog.HotCount; i++) yield return Describe(queue, queue.Backlog.Hot(i));
        for (var i = 0; i < queue.Backlog.RunCount; i++)
        {
            foreach (var message in Read(queue.Backlog.GetRun(i), readLog, unreadable))
                yield return Describe(queue, message);
        }
    }

    private static Message[] Read(Run run, ReadLog readLog, Action<int, Exception>? unreadable)
    {
        try
        {
            return RunBlock.Read(run, readLog);
        }
        catch (Exception damage) when (unreadable is not null)
        {
            unreadable(run.Count, damage);
            return [];
        }
    }

    public static StoredMessage Describe(Queue queue, Message message) => new(
        queue.Name, message.MessageId, message.Sequence, message.Payload, message.SentUnixMs, message.ReceiveCount,
        message.GroupId, message.DeduplicationId, message.Via)
    {
        DeadLetterSource = message.DeadLetterSource,
        Cause = message.Cause,
    };
}
