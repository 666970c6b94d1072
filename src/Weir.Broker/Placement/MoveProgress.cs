namespace Weir.Broker.Placement;

/// <summary>How far a tenant's move has come.</summary>
/// <param name="ToSilo">True: into a shard of its own. False: into the pool.</param>
/// <param name="Queues">Those that it has, its internal ones included.</param>
/// <param name="Messages">Carried over so far.</param>
/// <param name="Bytes">Of the other shard's log so far.</param>
public sealed record MoveProgress(
    bool ToSilo, MovePhase Phase, int Queues, int QueuesMoved, long Messages, long Bytes);
