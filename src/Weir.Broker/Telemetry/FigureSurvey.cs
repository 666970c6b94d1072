using Weir.Broker.Delivery;
using Weir.Broker.Tenants;
using Weir.Engine;

namespace Weir.Broker.Telemetry;

/// <summary>
/// Collects all figures: asks the shard for its queues a page at a time, so that commands go on in between, and adds
/// what is known of tenants. It looks at each queue once, never at messages.
/// </summary>
public sealed class FigureSurvey(Broker broker, Admission admission, PushDispatcher push, FigureOptions options)
{
    /// <summary>Queues that the shard looks at between two other commands: a fraction of a millisecond.</summary>
    private const int PageQueues = 500;

    private readonly Lock _lock = new();
    private readonly ShownItems<QueueFigures, (QueueName, long), QueueTotals> _queues = new(
        options.QueuesMax, queue => (queue.Name, queue.QueueId), WeightOf, queue => queue.Totals, QueueTotals.Max);

    private readonly ShownItems<TenantFigures, string, TenantTotals> _tenants = new(
        options.TenantsMax, tenant => tenant.Account, WeightOf, tenant => tenant.Totals, TenantTotals.Max);

    private volatile FigureSnapshot? _latest;
    private Task _running = Task.CompletedTask;
    private Task<Outcome<FigureSnapshot>>? _waiting;

    /// <summary>What was collected last; null: nothing was yet.</summary>
    public FigureSnapshot? Latest => _latest;

    /// <summary>
    /// Collects anew. One is under way at a time, and whoever comes meanwhile gets the next, which begins after they
    /// asked.
    /// </summary>
    public Task<Outcome<FigureSnapshot>> CollectAsync(CancellationToken cancel)
    {
        lock (_lock)
        {
            var before = _running;
            _waiting ??= Task.Run(() => CollectAfterAsync(before), CancellationToken.None);
            return _waiting.WaitAsync(cancel);
        }
    }

    private async Task<Outcome<FigureSnapshot>> CollectAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock) (_running, _waiting) = (_waiting!, null);
        var (pushed, pushQueues) = push.Survey();
        var round = new SurveyRound(_queues, pushQueues);
        var outcome = await broker.SurveyAsync(PageQueues, round.Add).ConfigureAwait(false);
        if (outcome.Fault is { } fault)
        {
            round.Abandon();
            return fault;
        }

        return _latest = round.End(broker, admission, pushed, _tenants);
    }

    private static long WeightOf(QueueFigures queue) =>
        queue.Counters.Visible + queue.Counters.InFlight + queue.Counters.Delayed
        + queue.Totals.Sent + queue.Totals.Received;

    private static long WeightOf(TenantFigures tenant) =>
        tenant.Queues.Counters.Visible + tenant.Queues.Counters.InFlight + tenant.Queues.Counters.Delayed
        + tenant.Totals.Queues.Sent + tenant.Totals.Queues.Received + tenant.Totals.Push.Attempts
        + tenant.Totals.Throttled.Sum;
}
