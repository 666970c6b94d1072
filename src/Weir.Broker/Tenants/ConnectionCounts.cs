namespace Weir.Broker.Tenants;

/// <summary>Counts the connections of tenants. For several threads at once.</summary>
internal sealed class ConnectionCounts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int Of(string account)
    {
        lock (_lock) return _counts.GetValueOrDefault(account);
    }

    /// <summary>The connection is the account's from now on; false when that has as many as it may.</summary>
    /// <param name="max">Null: no limit. Those that it has already stay when it is lowered.</param>
    public bool TryMove(TenantConnection connection, string account, long? max)
    {
        lock (_lock)
        {
            if (connection.IsClosed || connection.Account == account) return true;
            var count = _counts.GetValueOrDefault(account);
            if (count >= max) return false;
            Leave(connection);
            connection.Account = account;
            _counts[account] = count + 1;
            return true;
        }
    }

    public void Close(TenantConnection connection)
    {
        lock (_lock)
        {
            connection.IsClosed = true;
            Leave(connection);
        }
    }

    private void Leave(TenantConnection connection)
    {
        if (connection.Account is not { } account) return;
        connection.Account = null;
        if (--_counts[account] == 0) _counts.Remove(account);
    }
}
