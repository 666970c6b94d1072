using System.Collections.Immutable;
using System.Globalization;
using Weir.Benchmarks.Report;
using Weir.Broker;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Benchmarks.Tenants;

/// <summary>
/// A hundred tenants of one standard queue and a hundred consumers, on a virtual clock: what is measured is the order
/// in which the queue gives its messages, and no machine's speed.
/// </summary>
/// <param name="isNoisy">One tenant sends a hundred times its share; else it sends its share like all.</param>
/// <param name="isGrouped">Messages carry their tenant as the group; without it there is nothing to be fair by.</param>
/// <param name="waiting">The noisy tenant's messages that wait when it begins.</param>
// Messages come at random times and take a random time each, exponentially distributed. The consumers manage a thousand
// a second; a tenant's share is a hundredth of 95 % of that.
internal sealed class TenantLoad(int seed, bool isNoisy, bool isGrouped, int waiting)
{
    private const int Tenants = 100;
    private const int Consumers = 100;
    private const double ProcessingMs = 100;
    private const double ShareEachMs = 0.95 * Consumers / ProcessingMs / Tenants;
    private const int TimesItsShare = 100;
    private const double WarmUpMs = 60_000;
    private const double EndMs = 240_000;

    private static readonly QueueName Queue = new("000000000000", "us-east-1", "tenants");
    private static readonly byte[] Payload = new byte[16];

    private readonly Random _random = new(seed);
    private readonly IdSource _ids = IdSource.FromSeed(seed);
    private readonly MemoryLog _log = new(new EngineOptions());
    private readonly PriorityQueue<Action, double> _events = new();
    private readonly Dictionary<Guid, int> _tenantOf = [];
    private readonly List<double> _quietDwells = [];
    private double _nowMs;
    private int _free = Consumers;

    /// <summary>How long the quiet tenants' messages waited, 99 of 100 at most, in milliseconds.</summary>
    public double QuietP99Ms()
    {
        _ = Execute(new CreateQueueCommand(
            Queue, QueueConfigPatch.Empty, ImmutableSortedDictionary<string, string>.Empty)).Value;
        for (var i = 0; i < waiting; i++) Send(tenant: 0);
        for (var tenant = 0; tenant < Tenants; tenant++)
        {
            var perMs = tenant == 0 && isNoisy ? ShareEachMs * TimesItsShare : ShareEachMs;
            ArriveNext(tenant, 1 / perMs);
        }

        while (_events.TryDequeue(out var act, out var atMs) && atMs < EndMs)
        {
            _nowMs = atMs;
            act();
            while (_free > 0 && TryReceive())
            {
            }
        }

        return Samples.Percentile(_quietDwells, 0.99);
    }

    private void ArriveNext(int tenant, double meanMs) => _events.Enqueue(() =>
    {
        Send(tenant);
        ArriveNext(tenant, meanMs);
    }, _nowMs + Draw(meanMs));

    private void Send(int tenant)
    {
        var entry = new SendEntry
        {
            MessageId = _ids.NewId(), Payload = Payload, ContentBytes = Payload.Length,
            GroupId = isGrouped ? tenant.ToString(CultureInfo.InvariantCulture) : null,
        };
        _tenantOf.Add(entry.MessageId, tenant);
        _ = Execute(new SendCommand(Queue, [entry])).Value[0].Value;
    }

    private bool TryReceive()
    {
        var leased = Execute(new ReceiveCommand(Queue, max: 1, visibilityTimeout: null, attemptId: null)).Value;
        if (leased.Count == 0) return false;
        _free--;
        _ = _tenantOf.Remove(leased[0].MessageId, out var tenant);
        if (tenant != 0 && _nowMs >= WarmUpMs) _quietDwells.Add((long)_nowMs - leased[0].SentUnixMs);
        var handle = leased[0].Receipt.ToString();
        _events.Enqueue(() =>
        {
            _ = Execute(new DeleteCommand(Queue, [handle])).Value;
            _free++;
        }, _nowMs + Draw(ProcessingMs));
        return true;
    }

    private Outcome<T> Execute<T>(Command<T> command) => _log.Execute((long)_nowMs, command);

    private double Draw(double meanMs) => -meanMs * Math.Log(1 - _random.NextDouble());
}
