using System.Collections.Concurrent;
using Weir.Engine.Definitions;

namespace Weir.Broker.Tenants;

/// <summary>Why a tenant's request is not served now.</summary>
/// <param name="Limit">The quota, in words.</param>
public readonly record struct Throttle(string Limit, TimeSpan RetryAfter);

/// <summary>What of a tenant was refused, since the server started.</summary>
/// <param name="Last">When; null: never.</param>
public readonly record struct ThrottleFigures(long ByRequests, long ByBytes, DateTimeOffset? Last);

/// <summary>What is left of a second's worth of each quota, 0 to 1; null: there is no such quota.</summary>
public readonly record struct QuotaHeadroom(double? Requests, double? Bytes);

/// <summary>
/// Holds each tenant to its quotas at the door, whatever the protocol. Quotas that are changed hold for the next
/// request. While nobody has quotas this costs nothing.
/// </summary>
public sealed class Admission(Broker broker)
{
    /// <summary>Tenants that are counted at once; past it, who came first is begun anew.</summary>
    private const int MetersMax = 20_000;

    private readonly ConcurrentDictionary<string, Meter> _meters = new(StringComparer.Ordinal);

    /// <summary>True when anybody has quotas.</summary>
    public bool IsNeeded => Scope is not null;

    private DefinitionScope? Scope => broker.Definitions.Find(TenantDocuments.Quotas);

    /// <summary>Why a tenant's next request would be refused; null when it would not. Counts nothing.</summary>
    public Throttle? Look(string account) =>
        Find(account) is { } meter ? meter.Look(broker.Time) : null;

    /// <summary>Counts a request, unless it is to be refused.</summary>
    /// <param name="bytes">Of its body.</param>
    public Throttle? Enter(string account, long bytes) =>
        Find(account) is { } meter ? meter.Enter(bytes, broker.Time) : null;

    /// <summary>Notes that a request was refused before it could be counted.</summary>
    public void Refused(string account) => Find(account)?.Note(broker.Time);

    public ThrottleFigures FiguresOf(string account) =>
        _meters.TryGetValue(account, out var meter) ? meter.Figures : default;

    /// <summary>Tenants of which something was counted, up to a bound.</summary>
    public IEnumerable<string> Metered => _meters.Keys;

    /// <summary>What a tenant has left of its quotas.</summary>
    public QuotaHeadroom HeadroomOf(string account) => Find(account)?.Headroom(broker.Time) ?? default;

    private Meter? Find(string account)
    {
        if (Scope is not { } scope) return null;
        var definition = scope.Items.GetValueOrDefault(account)
            ?? scope.Items.GetValueOrDefault(QuotaDirectory.Default);
        if (definition is null) return null;
        if (!_meters.TryGetValue(account, out var meter))
        {
            if (_meters.Count >= MetersMax) _meters.Clear();
            meter = _meters.GetOrAdd(account, new Meter());
        }

        meter.Use(definition, broker.Time);
        return meter;
    }

    private sealed class Meter
    {
        private readonly Lock _lock = new();
        private Definition? _definition;
        private TokenBucket? _requests;
        private TokenBucket? _bytes;
        private ThrottleFigures _figures;

        public ThrottleFigures Figures
        {
            get
            {
                lock (_lock) return _figures;
            }
        }

        public void Use(Definition definition, TimeProvider time)
        {
            lock (_lock)
            {
                if (ReferenceEquals(definition, _definition)) return;
                _definition = definition;
                var quotas = TenantDocuments.ReadQuotas(definition);
                _requests = Changed(_requests, quotas.RequestsPerSecond, time);
                _bytes = Changed(_bytes, quotas.BytesPerSecond, time);
            }
        }

        public Throttle? Look(TimeProvider time)
        {
            lock (_lock) return Find(time);
        }

        public Throttle? Enter(long bytes, TimeProvider time)
        {
            lock (_lock)
            {
                if (Find(time) is { } throttle)
                {
                    NoteLocked(time);
                    return throttle;
                }

                _requests?.Take(1);
                _bytes?.Take(bytes);
                return null;
            }
        }

        public QuotaHeadroom Headroom(TimeProvider time)
        {
            lock (_lock) return new QuotaHeadroom(_requests?.ShareLeft(time), _bytes?.ShareLeft(time));
        }

        public void Note(TimeProvider time)
        {
            lock (_lock) NoteLocked(time);
        }

        private Throttle? Find(TimeProvider time) =>
            _requests?.Wait(time) is { } requests ? new Throttle("requests a second", requests)
            : _bytes?.Wait(time) is { } bytes ? new Throttle("bytes a second", bytes)
            : null;

        private void NoteLocked(TimeProvider time) => _figures = _requests?.Wait(time) is not null
            ? _figures with { ByRequests = _figures.ByRequests + 1, Last = time.GetUtcNow() }
            : _figures with { ByBytes = _figures.ByBytes + 1, Last = time.GetUtcNow() };

        private static TokenBucket? Changed(TokenBucket? bucket, double? rate, TimeProvider time)
        {
            if (rate is not { } given) return null;
            if (bucket is null) return new TokenBucket(given, time.GetTimestamp());
            bucket.Change(given, time);
            return bucket;
        }
    }
}
