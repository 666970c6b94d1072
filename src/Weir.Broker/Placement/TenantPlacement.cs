using Weir.Engine;

namespace Weir.Broker.Placement;

/// <summary>Where a tenant is, and how far its move has come if it is moving.</summary>
/// <param name="IsSilo">True: it has a shard of its own. False: it is in the pool.</param>
/// <param name="Move">Null: it does not move.</param>
/// <param name="Failure">Why its last move since the start did not come to its end; null: none failed.</param>
public sealed record TenantPlacement(bool IsSilo, MoveProgress? Move, Fault? Failure);
