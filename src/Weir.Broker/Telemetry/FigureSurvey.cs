using Weir.Broker.Delivery;
using Weir.Broker.Tenants;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Telemetry;

/// <summary>
/// Collects all figures: asks the shard for its queues a page at a time, so that commands go on in between, and adds
/// what is known of tenants. It looks at each queue once, never at messages.
/// </summary>
public sealed class FigureSurvey(Broker broker, Admission admission, PushDispatcher push, FigureOptions options)
    : IDisposable
{
    /// <summary>Queues that the shard looks at between two other commands: a fraction of a millisecond.</summary>
    private const int PageQueues = 500;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly ShownItems<QueueFigures, (QueueName, long), QueueTotals> _queues = new(
        options.QueuesMax, queue => (queue.Name, queue.QueueId), WeightOf, queue => queue.Totals, QueueTotals.Max);

    private readonly ShownItems<TenantFigures, string, TenantTotals> _tenants = new(
        options.TenantsMax, tenant => tenant.Account, WeightOf, tenant => tenant.Totals, TenantTotals.Max);

    private volatile FigureSnapshot? _latest;

    /// <summary>What was collected last; null: nothing was yet.</summary>
    public FigureSnapshot? Latest => _latest;

    /// <summary>Collects anew; one at a time.</summary>
    public async Task<Outcome<FigureSnapshot>> CollectAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var (push1, queues) = push.Survey();
            var round = new SurveyRound(_queues, queues);
            for (QueueName? next = null; ;)
            {
                var page = await broker.ExecuteAsync(new SurveyQueuesCommand(next, PageQueues)).ConfigureAwait(false);
                if (!page.IsOk) return page.Fault;
                round.Add(page.Value);
                next = page.Value.Next;
                if (next is null) break;
            }

            return _latest = round.End(broker, admission, push1, _tenants);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static long WeightOf(QueueFigures queue) =>
        queue.Counters.Visible + queue.Counters.InFlight + queue.Counters.Delayed
        + queue.Totals.Sent + queue.Totals.Received;

    private static long WeightOf(TenantFigures tenant) =>
        tenant.Queues.Counters.Visible + tenant.Queues.Counters.InFlight + tenant.Queues.Counters.Delayed
        + tenant.Totals.Queues.Sent + tenant.Totals.Queues.Received + tenant.Totals.Push.Attempts
        + tenant.Totals.ThrottledByRequests + tenant.Totals.ThrottledByBytes;
}
