namespace Weir.Broker.Shards;

/// <summary>
/// The accounts that a shard does not have, or not at this moment: what comes for them goes back to the broker, which
/// knows who has them. Owned by the shard's thread.
/// </summary>
internal sealed class SentAway(ShardLoop loop)
{
    private HashSet<string>? _accounts;

    public bool Has(string? account) => account is not null && _accounts?.Contains(account) == true;

    public bool Concerns(Work work)
    {
        if (_accounts is null) return false;
        return work.Accounts is { } several ? several.Overlaps(_accounts) : Has(work.Account);
    }

    /// <summary>From now on nothing of the account is done here; who waits for something of it is answered.</summary>
    public void Add(string account)
    {
        (_accounts ??= new HashSet<string>(StringComparer.Ordinal)).Add(account);
        loop.Waiters.EndAll(account);
        loop.Departures.EndAll(account);
    }

    public void Remove(string account)
    {
        _accounts?.Remove(account);
        if (_accounts?.Count == 0) _accounts = null;
    }
}
