namespace Weir.Engine.Queues;

/// <summary>What one receive with an attempt id leased: the messages, each with its receive count then.</summary>
internal sealed record ReceiveAttempt(string Id, (long Sequence, int ReceiveCount)[] Leases, long UntilUnixMs)
{
    /// <summary>
    /// Set when a message of the attempt was deleted or given another timeout: it cannot be repeated.
    /// </summary>
    public bool IsSpent { get; set; }
}

/// <summary>
/// The receives of the last five minutes that carried an attempt id, so that a receiver whose answer was lost gets
/// the same messages again instead of waiting for their leases to end.
/// </summary>
internal sealed class ReceiveAttempts
{
    /// <summary>Amazon SQS: how long an attempt id is remembered.</summary>
    public const long WindowMs = 5 * 60 * 1000;

    private readonly Dictionary<string, ReceiveAttempt> _attempts = new(StringComparer.Ordinal);
    private readonly Queue<ReceiveAttempt> _byTime = new();

    public IEnumerable<ReceiveAttempt> Items => _byTime;

    public ReceiveAttempt? Find(string id) => _attempts.GetValueOrDefault(id);

    public void Add(ReceiveAttempt attempt)
    {
        _attempts[attempt.Id] = attempt;
        _byTime.Enqueue(attempt);
    }

    public void Advance(long nowUnixMs)
    {
        while (_byTime.TryPeek(out var oldest) && oldest.UntilUnixMs <= nowUnixMs)
        {
            _byTime.Dequeue();
            if (ReferenceEquals(_attempts.GetValueOrDefault(oldest.Id), oldest)) _attempts.Remove(oldest.Id);
        }
    }
}
