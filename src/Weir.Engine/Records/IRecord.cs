using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>The types of records. A number is for ever: it is on disk. A changed layout gets a new number.</summary>
internal enum RecordType : byte
{
    QueueCreated = 1,
    QueueConfigured = 2,
    QueueTagged = 3,
    QueueDeleted = 4,
    QueuePurged = 5,
    MessageSent = 10,
    MessageLeased = 11,
    MessageDeleted = 12,
    VisibilityChanged = 13,
    MessageMoved = 14,
    ReceiveAttempted = 15,
    RunStored = 16,
    MessageRelocated = 17,
    RunRelocated = 18,
    MoveTaskStarted = 20,
    MoveTaskEnded = 21,
    MessagesPublished = 22,
    SequenceTaken = 23,
    MessageGivenUp = 24,
    MessagesPassedOver = 25,
    MessageEvicted = 26,
    MessageExpirySet = 27,
    MoveTaskFiltered = 28,
    MessageSetBack = 29,
    DefinitionSet = 30,
    DefinitionRemoved = 31,
    MessageLeasedByBroker = 32,
    ImportStarted = 40,
    ItemImported = 41,
    RunImported = 42,
    ImportEnded = 43,
    QueueDropped = 44,
    AccountDropped = 45,
}

/// <summary>A change of state. Apply is the only code that makes it, live and in replay alike.</summary>
internal interface IRecord<TSelf>
    where TSelf : struct, IRecord<TSelf>
{
    static abstract RecordType Type { get; }

    /// <summary>An upper bound of what Write writes.</summary>
    int BytesMax { get; }

    static abstract TSelf Read(ref SpanReader reader);

    void Write(ref SpanWriter writer);

    void Apply(ShardState state);
}
