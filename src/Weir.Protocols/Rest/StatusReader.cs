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

    /// <summary>Between two looks. The first ones come sooner, since much is done at once.</summary>
    private static readonly TimeSpan IntervalMax = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan IntervalMin = TimeSpan.FromMilliseconds(20);

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

    /// <summary>Reads until there is an outcome, or the time is over.</summary>
    public async ValueTask<Outcome<MessageStatus>> WaitAsync(
        string account, MessageToken token, int seconds, CancellationToken clientGone)
    {
        var isWaiting = Interlocked.Increment(ref _waiting) <= WaitingMax;
        try
        {
            var time = backend.Broker.Time;
            var until = time.GetUtcNow() + TimeSpan.FromSeconds(isWaiting ? seconds : 0);
            for (var interval = IntervalMin; ; interval = Min(interval * 2, IntervalMax))
            {
                var status = await ReadAsync(account, token);
                var left = until - time.GetUtcNow();
                if (!status.IsOk || status.Value.IsAnswered || left <= TimeSpan.Zero) return status;
                await Task.Delay(Min(interval, left), time, clientGone);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
