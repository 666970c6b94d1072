namespace Weir.Engine.Queues;

/// <summary>What one receive with an attempt id leased: the messages, each with its receive count then.</summary>
internal sealed class ReceiveAttempt(string id, long untilUnixMs)
{
    public string Id { get; } = id;

    public long UntilUnixMs { get; } = untilUnixMs;

    public List<(long Sequence, int ReceiveCount)> Leases { get; } = [];

    /// <summary>For reading a checkpoint, which has the leases one by one and in another order.</summary>
    public void Restore(int place, (long Sequence, int ReceiveCount) lease)
    {
        while (Leases.Count <= place) Leases.Add(default);
        Leases[place] = lease;
    }
}

/// <summary>
/// The receives that carried an attempt id and can be repeated, so that a receiver whose answer was lost gets the same
/// messages again instead of waiting for their leases to end.
/// </summary>
// An attempt is forgotten with the first of its leases that ends or is changed, so there are never more of them than
// messages in flight.
internal sealed class ReceiveAttempts
{
    /// <summary>Amazon SQS: how long an attempt id is remembered.</summary>
    public const long WindowMs = 5 * 60 * 1000;

    private readonly Dictionary<string, ReceiveAttempt> _attempts = new(StringComparer.Ordinal);

    public int Count => _attempts.Count;

    public ReceiveAttempt? Find(string id, long nowUnixMs) =>
        Find(id) is { } attempt && nowUnixMs < attempt.UntilUnixMs ? attempt : null;

    public ReceiveAttempt? Find(string id) => _attempts.GetValueOrDefault(id);

    public void Add(ReceiveAttempt attempt) => _attempts[attempt.Id] = attempt;

    /// <summary>The attempt that a stored entry names; its first entry brings it.</summary>
    public ReceiveAttempt GetOrAdd(string id, long untilUnixMs)
    {
        if (_attempts.TryGetValue(id, out var attempt) && attempt.UntilUnixMs == untilUnixMs) return attempt;
        Add(attempt = new ReceiveAttempt(id, untilUnixMs));
        return attempt;
    }

    public void Forget(ReceiveAttempt attempt)
    {
        if (ReferenceEquals(Find(attempt.Id), attempt)) _attempts.Remove(attempt.Id);
    }

    public void Clear() => _attempts.Clear();
}
