namespace Weir.Engine.Accounts;

/// <summary>How much an account may have at once. Null: as much as there is room for.</summary>
/// <remarks>
/// Commands are held to it when they are executed, so replay needs no limits: what a log says was taken.
/// </remarks>
public sealed record AccountLimits
{
    /// <summary>Messages in all its queues, whatever their state; one that went to several queues counts for each.
    /// </summary>
    public long? MessagesMax { get; init; }

    /// <summary>Bytes of those messages' contents, as they are stored.</summary>
    public long? BytesMax { get; init; }

    /// <summary>Messages that its receivers have leased; what the broker leases for itself does not count.</summary>
    public long? InFlightMax { get; init; }

    /// <summary>Queues that users made.</summary>
    public long? QueuesMax { get; init; }

    public IReadOnlyList<DefinitionLimit> Definitions { get; init; } = [];
}
