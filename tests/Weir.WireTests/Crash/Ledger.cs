using System.Collections.Concurrent;

namespace Weir.WireTests.Crash;

/// <summary>What all clients together know, written down as it happens and judged when all is over.</summary>
public sealed class Ledger
{
    private long _now;

    public ConcurrentQueue<SendFact> Sends { get; } = new();

    public ConcurrentQueue<ReceiveFact> Receives { get; } = new();

    public ConcurrentQueue<DeleteFact> Deletes { get; } = new();

    /// <summary>The next tick: what has a lower one happened before, as far as clients can know.</summary>
    public long Tick() => Interlocked.Increment(ref _now);

    public int Count(Outcome outcome) => Sends.Count(send => send.Outcome == outcome);
}
