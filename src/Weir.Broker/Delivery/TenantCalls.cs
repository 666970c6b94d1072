namespace Weir.Broker.Delivery;

/// <summary>The calls of one tenant. Owned by the gate, under its lock.</summary>
internal sealed class TenantCalls(string account)
{
    public string Account => account;

    /// <summary>How many destinations it has.</summary>
    public int Destinations { get; set; }

    /// <summary>Calls under way, to all of them.</summary>
    public int InUse { get; set; }

    /// <summary>How many it may have under way, as of its latest call; null: no limit of its own.</summary>
    public long? Quota { get; set; }

    public bool IsAtQuota => InUse >= Quota;
}
