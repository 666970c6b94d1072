using Weir.Broker.Delivery;
using Weir.Broker.Tenants;
using Weir.Engine;

namespace Weir.Broker.Telemetry;

/// <summary>One collection of figures under way.</summary>
/// <param name="pushQueues">The queues that deliveries are leased from.</param>
internal sealed class SurveyRound(
    ShownItems<QueueFigures, (QueueName, long), QueueTotals> queues, HashSet<QueueName> pushQueues)
{
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private QueueSum _others;
    private QueueTotals _otherTotals;

    public void Add(QueueFiguresPage page)
    {
        foreach (var queue in page.Queues)
        {
            var account = AccountOf(queue.Name.Account);
            account.Bytes += queue.Bytes;
            if (pushQueues.Contains(queue.Name)) account.AddPush(queue);
            if (queue.Name.IsInternal) continue;
            account.Queues += queue;
            account.Totals += queue.Totals;
            queues.Add(queue, Rest);
        }

        foreach (var (name, totals) in page.Gone)
        {
            AccountOf(name).Totals += totals;
            _otherTotals += totals;
        }
    }

    public FigureSnapshot End(
        Broker broker, Admission admission, Dictionary<string, PushTotals> push,
        ShownItems<TenantFigures, string, TenantTotals> tenants)
    {
        var shown = queues.Choose(Rest);
        foreach (var name in push.Keys.Concat(admission.Metered)) _ = AccountOf(name);
        var otherTenants = new TenantFigures("", default, 0, 0, null, default, []);
        foreach (var (name, account) in _accounts)
        {
            tenants.Add(
                account.Describe(name, push.GetValueOrDefault(name), admission.StandingOf(name)), RestTenant);
        }

        var shownTenants = tenants.Choose(RestTenant);
        otherTenants = otherTenants with { Totals = tenants.SumOf(otherTenants.Totals) };
        return new FigureSnapshot(
            broker.Time.GetUtcNow().ToUnixTimeMilliseconds(), broker.Figures, shown, _others,
            queues.SumOf(_otherTotals), shownTenants, otherTenants);

        void RestTenant(TenantFigures tenant) => otherTenants = otherTenants with
        {
            Queues = otherTenants.Queues + tenant.Queues,
            Bytes = otherTenants.Bytes + tenant.Bytes,
            PushWaiting = otherTenants.PushWaiting + tenant.PushWaiting,
            PushOldestSentUnixMs = QueueSum.Older(otherTenants.PushOldestSentUnixMs, tenant.PushOldestSentUnixMs),
            Totals = otherTenants.Totals + tenant.Totals,
        };
    }

    /// <summary>It came to no end: the next one begins anew.</summary>
    public void Abandon() => queues.Abandon();

    private void Rest(QueueFigures queue)
    {
        _others += queue;
        _otherTotals += queue.Totals;
    }

    private Account AccountOf(string name)
    {
        if (!_accounts.TryGetValue(name, out var account)) _accounts.Add(name, account = new Account());
        return account;
    }

    private sealed class Account
    {
        private long _pushWaiting;
        private long? _pushOldest;

        public QueueSum Queues { get; set; }

        public long Bytes { get; set; }

        public QueueTotals Totals { get; set; }

        public void AddPush(QueueFigures queue)
        {
            var counters = queue.Counters;
            _pushWaiting += counters.Visible + counters.InFlight + counters.Delayed;
            _pushOldest = QueueSum.Older(_pushOldest, queue.OldestSentUnixMs);
        }

        public TenantFigures Describe(string name, PushTotals push, IReadOnlyList<QuotaStanding> quotas) => new(
            name, Queues, Bytes, _pushWaiting, _pushOldest,
            new TenantTotals(Totals, push, new QuotaCounts(quotas.Select(quota => quota.Refused))), quotas);
    }
}
