using Weir.Broker.Messages;

namespace Weir.Broker.Delivery;

/// <summary>Sees one leased message of a route through: to the gate, through the call, to its settlement.</summary>
// Invariants:
// 1. A lease that waits for the gate is prolonged: waiting for a circuit or a rate costs no receive count.
// 2. A call starts only with a lease that outlasts its timeout by half the margin.
// 3. Every ticket that entered the gate is ended once.
internal sealed class Courier(
    PushRoute route, RouteState state, DestinationState destination, DispatchParts parts, CancellationToken stop,
    CancellationToken abort)
{
    private readonly TimeSpan _lease = route.Timeout + parts.Options.LeaseMargin;
    private readonly TimeSpan _ageTotal = route.Retry.AgeTotal(route.Timeout);

    public async Task DeliverAsync(ReceivedMessage message)
    {
        state.Leased();
        try
        {
            if (Overdue(message) is { } overdue)
            {
                await parts.Settlement.GiveUpAsync(route, state, message, overdue).ConfigureAwait(false);
                return;
            }

            var ticket = parts.Gate.Queue(destination, route.ConcurrencyMax, route.RatePerSecond);
            if (!await EnterAsync(ticket, message).ConfigureAwait(false)) return;
            var answer = await CallAsync(ticket, message).ConfigureAwait(false);
            if (answer.Kind is null) await parts.Settlement.DeleteAsync(route, message).ConfigureAwait(false);
            else await parts.Settlement.FailAsync(route, state, message, answer).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            parts.Broker.ReturnToQueue(route.Queue, [message]);
        }
        finally
        {
            state.Settled();
        }
    }

    /// <summary>Waits until the call may start; false when the message is none of ours any more.</summary>
    private async Task<bool> EnterAsync(GateTicket ticket, ReceivedMessage message)
    {
        var isSettled = false;
        try
        {
            var leasedAt = parts.Time.GetTimestamp();
            while (true)
            {
                var isEntered = await EntersAsync(ticket, TimeToLook(message, leasedAt)).ConfigureAwait(false);
                if (!isEntered && Overdue(message) is { } overdue && parts.Gate.TryLeave(ticket))
                {
                    isSettled = true;
                    await parts.Settlement.GiveUpAsync(route, state, message, overdue).ConfigureAwait(false);
                    return false;
                }

                if (IsHalfOver(leasedAt))
                {
                    leasedAt = parts.Time.GetTimestamp();
                    if (!await parts.Settlement.ExtendAsync(route, message, _lease).ConfigureAwait(false)) return false;
                }

                if (isEntered) return isSettled = true;
            }
        }
        finally
        {
            if (!isSettled && !parts.Gate.TryLeave(ticket)) parts.Gate.End(ticket, CallVerdict.CalledOff);
        }
    }

    private async Task<bool> EntersAsync(GateTicket ticket, TimeSpan patience)
    {
        stop.ThrowIfCancellationRequested();
        if (ticket.Entered.IsCompleted || patience <= TimeSpan.Zero) return ticket.Entered.IsCompleted;
        try
        {
            await ticket.Entered.WaitAsync(patience, parts.Time, stop).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<PushAnswer> CallAsync(GateTicket ticket, ReceivedMessage message)
    {
        var verdict = CallVerdict.CalledOff;
        TimeSpan? pause = null;
        try
        {
            var (at, began) = (parts.Time.GetUtcNow(), parts.Time.GetTimestamp());
            var answer = await parts.Call.MakeAsync(route, message, abort).ConfigureAwait(false);
            verdict = answer.Verdict;
            if (answer.IsThrottled)
                pause = Min(answer.RetryAfter ?? TimeSpan.Zero, parts.Options.RetryAfterMax);
            state.Tried(new PushAttempt(
                at, message.Lease.MessageId, message.Lease.ReceiveCount, answer.Status,
                answer.Kind is null ? null : answer.Error, parts.Time.GetElapsedTime(began), answer.Body));
            return answer;
        }
        finally
        {
            parts.Gate.End(ticket, verdict, pause);
        }
    }

    // The retries' own clock starts with the first lease: a message that waited behind others was not tried meanwhile.
    private PushFailure? Overdue(ReceivedMessage message)
    {
        var attempts = message.Lease.ReceiveCount;
        if (parts.Settlement.AgeOf(message) >= route.Retry.AgeMax)
        {
            return new PushFailure(
                PushFailureKind.Expired, null, "The message became too old to be delivered.", attempts,
                GiveUpReason.TooOld);
        }

        if (TriedFor(message) < _ageTotal || parts.Gate.PhaseOf(destination) == CircuitPhase.Closed) return null;
        return new PushFailure(
            PushFailureKind.CircuitOpen, null,
            "The endpoint failed so often that it was not called while the time of the retries went by.", attempts,
            GiveUpReason.RetriesUsedUp);
    }

    private TimeSpan TimeToLook(ReceivedMessage message, long leasedAt)
    {
        var look = (parts.Options.LeaseMargin / 2) - parts.Time.GetElapsedTime(leasedAt);
        if (route.Retry.AgeMax is { } ageMax) look = Min(look, ageMax - parts.Settlement.AgeOf(message));
        var circuit = _ageTotal - TriedFor(message);
        if (circuit > TimeSpan.Zero) look = Min(look, circuit);
        return look;
    }

    private TimeSpan TriedFor(ReceivedMessage message) =>
        parts.Time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(message.Lease.FirstReceivedUnixMs);

    private bool IsHalfOver(long leasedAt) =>
        parts.Time.GetElapsedTime(leasedAt) >= parts.Options.LeaseMargin / 2;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
