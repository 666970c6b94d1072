using System.Collections.Concurrent;
using Weir.Engine.Accounts;
using Weir.Engine.Definitions;

namespace Weir.Broker.Tenants;

/// <summary>
/// Holds each tenant to its quotas, whatever the protocol: what it asks for in a second at the door, and what it has in
/// the engine, which it gives the tenants' limits. Quotas that are changed hold for the next request. While nobody has
/// quotas this costs nothing.
/// </summary>
public sealed class Admission
{
    /// <summary>Tenants that are counted at once; past it, who came first is begun anew.</summary>
    private const int MetersMax = 20_000;

    /// <summary>
    /// So long after the engine refused a message for a tenant's quota the door refuses its sends as well, while there
    /// is still no room. Then one goes in again and is looked at closely: what has expired is found by that.
    /// </summary>
    private static readonly TimeSpan DoorTime = TimeSpan.FromSeconds(1);

    /// <summary>When to try again to connect.</summary>
    private static readonly TimeSpan ConnectionTime = TimeSpan.FromSeconds(1);

    private readonly Broker _broker;
    private readonly ConnectionCounts _connections = new();
    private readonly ConcurrentDictionary<string, TenantMeter> _meters = new(StringComparer.Ordinal);

    public Admission(Broker broker)
    {
        _broker = broker;
        broker.Limit(() => new TenantLimits(broker).Of);
    }

    /// <summary>True when anybody has quotas.</summary>
    public bool IsNeeded => Scope is not null;

    /// <summary>Tenants of which something was counted, up to a bound.</summary>
    public IEnumerable<string> Metered => _meters.Keys;

    /// <summary>Counts a tenant's calls under way; null: nothing pushes.</summary>
    internal Func<string, int>? CallsOf { get; set; }

    private DefinitionScope? Scope => _broker.Definitions.Find(TenantDocuments.Quotas);

    /// <summary>Why a tenant's next request would be refused; null when it would not. Counts nothing.</summary>
    /// <param name="addsMessages">It sends or publishes.</param>
    public Throttle? Look(string account, bool addsMessages)
    {
        if (Find(account) is not { } meter) return null;
        return meter.Look(_broker.Time) ?? (addsMessages ? LookAtStore(account, meter.Quotas) : null);
    }

    /// <summary>Counts a request, unless it is to be refused.</summary>
    /// <param name="bytes">Of its body.</param>
    public Throttle? Enter(string account, long bytes) =>
        Find(account) is { } meter ? meter.Enter(bytes, _broker.Time) : null;

    /// <summary>The connection is the tenant's from now on, unless that has as many as it may.</summary>
    public Throttle? Enter(string account, TenantConnection connection)
    {
        var meter = Find(account);
        if (_connections.TryMove(connection, account, meter?.Quotas.ConnectionsMax)) return null;
        meter?.Note(Quota.Connections, _broker.Time);
        return new Throttle(Quota.Connections, ConnectionTime);
    }

    /// <summary>The connection is nobody's any more.</summary>
    public void Closed(TenantConnection connection) => _connections.Close(connection);

    /// <summary>Notes that a request was refused before it could be counted.</summary>
    public void Refused(string account, Quota quota) => Find(account)?.Note(quota, _broker.Time);

    /// <summary>The quotas that hold for a tenant, its own or the default ones; null: none.</summary>
    public TenantQuotas? QuotasOf(string account) =>
        Scope is { } scope ? TenantDocuments.QuotasOf(scope, account) : null;

    /// <summary>How a tenant stands by each quota.</summary>
    public IReadOnlyList<QuotaStanding> StandingOf(string account)
    {
        var meter = Find(account) ?? _meters.GetValueOrDefault(account);
        var (quotas, use) = (QuotasOf(account), _broker.UseOf(account));
        return [.. QuotaNames.All.Select(quota => StandingOf(account, quota, quotas?[quota], meter, use))];
    }

    /// <summary>The tenants that a quota holds back now.</summary>
    public IEnumerable<string> Held() => Metered.Concat(_broker.Uses.Select(use => use.Account)).Distinct()
        .Where(account => StandingOf(account).Any(standing => standing.HeldSince is not null))
        .Order(StringComparer.Ordinal);

    private QuotaStanding StandingOf(string account, Quota quota, double? max, TenantMeter? meter, AccountUse? use)
    {
        var (refused, last, since) = meter?.RefusedFor(quota) ?? default;
        var used = 0.0;
        var isHeld = last + TenantMeter.HeldTime > _broker.Time.GetUtcNow();
        if (TenantLimits.SlotOf(quota) is { } slot)
        {
            if (use is null) return new QuotaStanding(quota, max, used, refused, last, null);
            used = TenantLimits.UsedOf(quota, use);
            refused += use.RefusedFor(slot);
            last = Later(last, AtUnixMs(use.RefusedUnixMs(slot)));
            since = AtUnixMs(use.ReachedUnixMs(slot));
            isHeld = used >= max || last + TenantMeter.HeldTime > _broker.Time.GetUtcNow();
        }
        else if (quota is Quota.Requests or Quota.Bytes)
        {
            used = meter?.ShareTaken(quota, _broker.Time) * max ?? 0;
        }
        else if (quota == Quota.Connections)
        {
            used = _connections.Of(account);
        }
        else if (quota == Quota.WebhookConcurrency)
        {
            used = CallsOf?.Invoke(account) ?? 0;
        }

        return new QuotaStanding(quota, max, used, refused, last, isHeld && max is not null ? since : null);
    }

    private Throttle? LookAtStore(string account, TenantQuotas quotas)
    {
        if ((quotas.MessagesMax ?? quotas.BytesStoredMax) is null || _broker.UseOf(account) is not { } use) return null;
        return use.Messages >= quotas.MessagesMax && WasRefused(AccountUse.MessagesSlot)
            ? new Throttle(Quota.Messages, DoorTime)
            : use.Bytes >= quotas.BytesStoredMax && WasRefused(AccountUse.BytesSlot)
                ? new Throttle(Quota.BytesStored, DoorTime)
                : null;

        bool WasRefused(int slot) => AtUnixMs(use.RefusedUnixMs(slot)) + DoorTime > _broker.Time.GetUtcNow();
    }

    private TenantMeter? Find(string account)
    {
        if (Scope is not { } scope || TenantDocuments.FindQuotas(scope, account) is not { } definition) return null;
        if (!_meters.TryGetValue(account, out var meter))
        {
            if (_meters.Count >= MetersMax) _meters.Clear();
            meter = _meters.GetOrAdd(account, new TenantMeter());
        }

        meter.Use(definition, _broker.Time);
        return meter;
    }

    private static DateTimeOffset? AtUnixMs(long unixMs) =>
        unixMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(unixMs);

    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right > left ? right : left;
}
