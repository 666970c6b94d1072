using Microsoft.Extensions.Logging;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Forwarding;

/// <summary>
/// Commits what goes out. What a queue does not take goes to its sender's dead-letter queue, or the log tells that it
/// went nowhere: nothing is dropped in silence.
/// </summary>
internal sealed partial class Forwarder(Broker broker, ILogger logger)
{
    /// <summary>What takes more than this together is committed in parts.</summary>
    private const int CommitBytesMax = 1 << 20;

    /// <summary>Each try removes what did not reach its queue; only queues deleted meanwhile ask for another.</summary>
    private const int TriesMax = 10;

    /// <summary>Commits one unit.</summary>
    /// <returns>One answer for each of its publications, or why nothing of it was done.</returns>
    public async ValueTask<Outcome<IReadOnlyList<Published>>> ForwardAsync(Outgoing outgoing) =>
        (await ForwardAsync([outgoing]).ConfigureAwait(false))[0];

    /// <summary>Commits units in their order, those that are small enough together.</summary>
    /// <returns>For each unit one answer for each of its publications, or why nothing of it was done.</returns>
    public async ValueTask<IReadOnlyList<Outcome<IReadOnlyList<Published>>>> ForwardAsync(
        IReadOnlyList<Outgoing> units)
    {
        var outcomes = new Outcome<IReadOnlyList<Published>>[units.Count];
        if (units.Count > 1 && broker.IsDivided) await ForwardByAccountAsync(units, outcomes).ConfigureAwait(false);
        else if (units.Count > 0) await ForwardAsync(units, 0, units.Count, outcomes).ConfigureAwait(false);
        foreach (var unit in units) Report(unit);
        return outcomes;
    }

    /// <summary>Tenants in different shards share no commit, and need not wait for each other.</summary>
    private async ValueTask ForwardByAccountAsync(
        IReadOnlyList<Outgoing> units, Outcome<IReadOnlyList<Published>>[] outcomes)
    {
        await Task.WhenAll(units.Index().GroupBy(unit => unit.Item.Account).Select(async group =>
        {
            var (own, places) = (group.Select(unit => unit.Item).ToArray(), group.Select(unit => unit.Index).ToArray());
            var answers = new Outcome<IReadOnlyList<Published>>[own.Length];
            await ForwardAsync(own, 0, own.Length, answers).ConfigureAwait(false);
            for (var i = 0; i < own.Length; i++) outcomes[places[i]] = answers[i];
        })).ConfigureAwait(false);
    }

    private async ValueTask ForwardAsync(
        IReadOnlyList<Outgoing> units, int start, int count, Outcome<IReadOnlyList<Published>>[] outcomes)
    {
        var part = units.Skip(start).Take(count).ToArray();
        if (count == 1 || ToCommand(part).RecordBytesMax <= CommitBytesMax)
        {
            if (await CommitAsync(part, outcomes.AsMemory(start, count)).ConfigureAwait(false) is not { } fault) return;
            if (count == 1 || !MayConcernOne(fault))
            {
                outcomes.AsSpan(start, count).Fill(fault);
                return;
            }
        }

        await ForwardAsync(units, start, count / 2, outcomes).ConfigureAwait(false);
        await ForwardAsync(units, start + (count / 2), count - (count / 2), outcomes).ConfigureAwait(false);
    }

    /// <summary>What is too much together may be taken in part, and one that was refused need not be all.</summary>
    private static bool MayConcernOne(Fault fault) =>
        fault.Code is not FaultCode.DiskFull and not FaultCode.Unavailable;

    private static PublishCommand ToCommand(Outgoing[] units) => new(
        [.. units.SelectMany(unit => unit.Publications).Select(publication => publication.ToPublication())])
    {
        Publisher = units[0].Account,
        Consume = [.. units.SelectMany(unit => unit.Consume)],
        Changes = [.. units.SelectMany(unit => unit.Changes)],
        Note = units.Length == 1 ? units[0].Note : null,
    };

    /// <returns>Why nothing was done; null when all is in the outcomes.</returns>
    private async ValueTask<Fault?> CommitAsync(
        Outgoing[] units, Memory<Outcome<IReadOnlyList<Published>>> outcomes)
    {
        for (var tries = 1; ; tries++)
        {
            Outgoing[] open = [.. units.Where(unit => unit.Refusal is null)];
            IReadOnlyList<Published> published = [];
            if (open.Length > 0)
            {
                var outcome = await broker.ExecuteAsync(ToCommand(open)).ConfigureAwait(false);
                if (!outcome.IsOk) return outcome.Fault;
                if (outcome.Value.Failures.Count > 0)
                {
                    if (Reroute(open, outcome.Value.Failures, tries) is { } fault) return fault;
                    continue;
                }

                published = outcome.Value.Published;
            }

            Answer(units, published, outcomes.Span);
            return null;
        }
    }

    private static Fault? Reroute(Outgoing[] units, IReadOnlyList<DeliveryFailure> failures, int tries)
    {
        foreach (var failure in failures)
        {
            if (failure.Reason.Code == FaultCode.Overloaded || tries == TriesMax) return failure.Reason;
            if (failure.Reason.Code is not (FaultCode.QueueFull or FaultCode.QuotaReached)) continue;

            // A full queue or account is back-pressure to whoever sends, unless its message can go elsewhere.
            var (unit, publication) = Locate(units, failure);
            if (!unit.Publications[publication].HasDeadLetterQueue(failure.Delivery)) return failure.Reason;
        }

        // From the last to the first, so that the places of those before it stay what the failure says.
        foreach (var failure in failures.Reverse())
        {
            var (unit, publication) = Locate(units, failure);
            unit.Reroute(publication, failure.Delivery, failure.Reason);
        }

        return null;
    }

    private static (Outgoing Unit, int Publication) Locate(Outgoing[] units, DeliveryFailure failure)
    {
        var (publication, at) = (failure.Publication, 0);
        while (publication >= units[at].Publications.Count) publication -= units[at++].Publications.Count;
        return (units[at], publication);
    }

    private static void Answer(
        Outgoing[] units, IReadOnlyList<Published> published, Span<Outcome<IReadOnlyList<Published>>> outcomes)
    {
        var at = 0;
        for (var i = 0; i < units.Length; i++)
        {
            if (units[i].Refusal is { } refusal)
            {
                outcomes[i] = refusal;
                continue;
            }

            var own = new Published[units[i].Publications.Count];
            for (var j = 0; j < own.Length; j++) own[j] = published[at++];
            outcomes[i] = own;
        }
    }

    private void Report(Outgoing unit)
    {
        if (unit.Refusal is not null) return;
        foreach (var (sender, error, isDeadLettered) in unit.Undelivered)
        {
            if (isDeadLettered) LogDeadLettered(sender, error.Message);
            else LogDropped(sender, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Sender}: it goes to the dead-letter queue: {Reason}")]
    private partial void LogDeadLettered(Sender sender, string reason);

    [LoggerMessage(LogLevel.Error,
        "{Sender}: it is not delivered, and there is no dead-letter queue that takes it: {Reason}")]
    private partial void LogDropped(Sender sender, string reason);
}
