using Weir.Engine.Definitions;

namespace Weir.Broker.Tenants;

/// <summary>What is counted of a tenant at the door. For several threads at once.</summary>
internal sealed class TenantMeter
{
    /// <summary>A quota by which something was refused holds the tenant back for so long.</summary>
    public static readonly TimeSpan HeldTime = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly long[] _refused = new long[QuotaNames.All.Length];
    private readonly DateTimeOffset?[] _last = new DateTimeOffset?[QuotaNames.All.Length];
    private readonly DateTimeOffset?[] _since = new DateTimeOffset?[QuotaNames.All.Length];
    private Definition? _definition;
    private TokenBucket? _requests;
    private TokenBucket? _bytes;

    /// <summary>The quotas that hold for it.</summary>
    public TenantQuotas Quotas { get; private set; } = new();

    public void Use(Definition definition, TimeProvider time)
    {
        lock (_lock)
        {
            if (ReferenceEquals(definition, _definition)) return;
            _definition = definition;
            Quotas = TenantDocuments.ReadQuotas(definition);
            _requests = Changed(_requests, Quotas.RequestsPerSecond, time);
            _bytes = Changed(_bytes, Quotas.BytesPerSecond, time);
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
                NoteLocked(throttle.Quota, time);
                return throttle;
            }

            _requests?.Take(1);
            _bytes?.Take(bytes);
            return null;
        }
    }

    public void Note(Quota quota, TimeProvider time)
    {
        lock (_lock) NoteLocked(quota, time);
    }

    /// <returns>How often and when last, and since when that has been going on.</returns>
    public (long Refused, DateTimeOffset? Last, DateTimeOffset? Since) RefusedFor(Quota quota)
    {
        lock (_lock) return (_refused[(int)quota], _last[(int)quota], _since[(int)quota]);
    }

    /// <summary>What was taken of a second's worth, 0 to 1; null: it is not counted here.</summary>
    public double? ShareTaken(Quota quota, TimeProvider time)
    {
        lock (_lock) return 1 - (quota == Quota.Requests ? _requests : _bytes)?.ShareLeft(time);
    }

    private Throttle? Find(TimeProvider time) =>
        _requests?.Wait(time) is { } requests ? new Throttle(Quota.Requests, requests)
        : _bytes?.Wait(time) is { } bytes ? new Throttle(Quota.Bytes, bytes)
        : null;

    private void NoteLocked(Quota quota, TimeProvider time)
    {
        var (at, now) = ((int)quota, time.GetUtcNow());
        _refused[at]++;
        if (!(_last[at] + HeldTime > now)) _since[at] = now;
        _last[at] = now;
    }

    private static TokenBucket? Changed(TokenBucket? bucket, double? rate, TimeProvider time)
    {
        if (rate is not { } given) return null;
        if (bucket is null) return new TokenBucket(given, time.GetTimestamp());
        bucket.Change(given, time);
        return bucket;
    }
}
