namespace Weir.Broker.Placement;

/// <summary>What a tenant's move does now.</summary>
public enum MovePhase
{
    /// <summary>It waits for another tenant's move to end.</summary>
    Waiting,

    /// <summary>It opens the shard that the tenant is to have; the tenant is served.</summary>
    Preparing,

    /// <summary>It carries the tenant over, whose requests wait.</summary>
    Copying,

    /// <summary>The tenant is served from where it is to be; what is left of it where it was is cleared away.</summary>
    Clearing,
}
