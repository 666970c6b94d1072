namespace Weir.Broker.Placement;

/// <summary>Where a tenant is that has, or had, a shard of its own. Who has no such document is in the pool.</summary>
/// <param name="IsSilo">
/// True: its own shard has it. False: the pool has it, and whatever lies in the silo's directory is remains, of a move
/// that did not come to its end or of a silo that was given up.
/// </param>
/// <param name="Number">Of its own shard; no two that ever were have the same.</param>
internal sealed record PlacementConfig(bool IsSilo, int Number);
