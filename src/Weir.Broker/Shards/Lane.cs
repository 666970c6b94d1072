namespace Weir.Broker.Shards;

/// <summary>What waits of one tenant in a mailbox.</summary>
internal sealed class Lane(string account)
{
    private int _count;
    private long _bytes;

    public string Account => account;

    /// <summary>What has come in and is not taken yet. Any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>In the order in which it came. The shard's thread only, as all below.</summary>
    public Queue<Work> Waiting { get; } = new();

    /// <summary>The bytes that it may still take in its present turn.</summary>
    public long Credit { get; set; }

    /// <summary>True while it is in the round of those that have something waiting.</summary>
    public bool IsInRound { get; set; }

    public void Came(Work work)
    {
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _bytes, work.HeldBytes);
    }

    public void Taken(Work work)
    {
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -work.HeldBytes);
    }
}
