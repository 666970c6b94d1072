using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Protocols.Rest;

/// <summary>How a message stands, with its reply.</summary>
/// <param name="ExpectsReply">Its sender asked for one within the last day.</param>
internal sealed record MessageStatus(MessageToken Token, MessageStanding Standing, bool ExpectsReply, bool HasReply)
{
    public bool IsOver => Standing.Phase is not (MessagePhase.Waiting or MessagePhase.Received);

    /// <summary>True when there is nothing left to wait for.</summary>
    public bool IsAnswered => HasReply
        || (IsOver && !(ExpectsReply && Standing.Phase == MessagePhase.Deleted));
}

/// <summary>Looks messages up, and waits for what becomes of them.</summary>
internal sealed class StatusReader(RestBackend backend)
{
    /// <summary>Callers who wait at once, over all connections; one more is answered without waiting.</summary>
    private const int WaitingMax = 1_000;

    /// <summary>
    /// Between two looks when nothing wakes the one who waits: messages expire when somebody looks at their queue.
    /// </summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private int _waiting;

    public async ValueTask<Outcome<MessageStatus>> ReadAsync(string account, MessageToken token)
    {
        var standing = await backend.Broker.ExecuteAsync(new FindMessageCommand(account, token.Place));
        if (!standing.IsOk) return standing.Fault;
        var reply = await backend.Replies.FindAsync(account, token.MessageId, withContent: false);
        return reply.IsOk
            ? new MessageStatus(token, standing.Value, reply.Value.IsExpected, reply.Value.Reply is not null)
            : reply.Fault;
    }

    /// <summary>Reads until there is an outcome, or the time is over. A message that leaves its queue, or a reply that
    /// comes, wakes the one who waits.</summary>
    public async ValueTask<Outcome<MessageStatus>> WaitAsync(
        string account, MessageToken token, int seconds, CancellationToken clientGone)
    {
        if (seconds == 0) return await ReadAsync(account, token);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(clientGone);
        try
        {
            return Interlocked.Increment(ref _waiting) <= WaitingMax
                ? await WaitAsync(account, token, TimeSpan.FromSeconds(seconds), end.Token)
                : await ReadAsync(account, token);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            await end.CancelAsync();
        }
    }

    private async ValueTask<Outcome<MessageStatus>> WaitAsync(
        string account, MessageToken token, TimeSpan patience, CancellationToken end)
    {
        var time = backend.Broker.Time;
        var until = time.GetUtcNow() + patience;
        var reply = backend.Replies.WaitAsync(account, token.MessageId, end);
        Task<Outcome<Done>>? departure = null;
        while (true)
        {
            var status = await ReadAsync(account, token);
            var left = until - time.GetUtcNow();
            if (!status.IsOk || status.Value.IsAnswered || left <= TimeSpan.Zero) return status;
            var look = Task.Delay(Min(LookInterval, left), time, end);
            if (!status.Value.IsOver)
                departure ??= backend.Broker.WaitForDepartureAsync(account, token.Place, end).AsTask();
            await (departure is null ? Task.WhenAny(reply, look) : Task.WhenAny(reply, departure, look));
            end.ThrowIfCancellationRequested();
            if (departure is not { IsCompleted: true }) continue;
            if (await departure is { IsOk: false } refused) return refused.Fault;
            departure = null;
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
