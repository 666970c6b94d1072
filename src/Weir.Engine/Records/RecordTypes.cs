using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>From a record's number on disk to its type.</summary>
internal static class RecordTypes
{
    public static void ReadAndApply(RecordType type, ref SpanReader reader, ShardState state)
    {
        switch (type)
        {
            case RecordType.QueueCreated: Apply<QueueCreated>(ref reader, state); break;
            case RecordType.QueueConfigured: Apply<QueueConfigured>(ref reader, state); break;
            case RecordType.QueueTagged: Apply<QueueTagged>(ref reader, state); break;
            case RecordType.QueueDeleted: Apply<QueueDeleted>(ref reader, state); break;
            case RecordType.QueuePurged: Apply<QueuePurged>(ref reader, state); break;
            case RecordType.MessageSent: Apply<MessageSent>(ref reader, state); break;
            case RecordType.MessageLeased: Apply<MessageLeased>(ref reader, state); break;
            case RecordType.MessageDeleted: Apply<MessageDeleted>(ref reader, state); break;
            case RecordType.VisibilityChanged: Apply<VisibilityChanged>(ref reader, state); break;
            case RecordType.MessageMoved: Apply<MessageMoved>(ref reader, state); break;
            case RecordType.ReceiveAttempted: Apply<ReceiveAttempted>(ref reader, state); break;
            case RecordType.RunStored: Apply<RunStored>(ref reader, state); break;
            case RecordType.MessageRelocated: Apply<MessageRelocated>(ref reader, state); break;
            case RecordType.RunRelocated: Apply<RunRelocated>(ref reader, state); break;
            case RecordType.MoveTaskStarted: Apply<MoveTaskStarted>(ref reader, state); break;
            case RecordType.MoveTaskEnded: Apply<MoveTaskEnded>(ref reader, state); break;
            case RecordType.MessagesPublished: Apply<MessagesPublished>(ref reader, state); break;
            case RecordType.SequenceTaken: Apply<SequenceTaken>(ref reader, state); break;
            case RecordType.MessageGivenUp: Apply<MessageGivenUp>(ref reader, state); break;
            case RecordType.MessagesPassedOver: Apply<MessagesPassedOver>(ref reader, state); break;
            case RecordType.MessageEvicted: Apply<MessageEvicted>(ref reader, state); break;
            case RecordType.MessageExpirySet: Apply<MessageExpirySet>(ref reader, state); break;
            case RecordType.MoveTaskFiltered: Apply<MoveTaskFiltered>(ref reader, state); break;
            case RecordType.MessageSetBack: Apply<MessageSetBack>(ref reader, state); break;
            case RecordType.DefinitionSet: Apply<DefinitionSet>(ref reader, state); break;
            case RecordType.ImportStarted: Apply<ImportStarted>(ref reader, state); break;
            case RecordType.ItemImported: Apply<ItemImported>(ref reader, state); break;
            case RecordType.RunImported: Apply<RunImported>(ref reader, state); break;
            case RecordType.ImportEnded: Apply<ImportEnded>(ref reader, state); break;
            case RecordType.QueueDropped: Apply<QueueDropped>(ref reader, state); break;
            case RecordType.AccountDropped: Apply<AccountDropped>(ref reader, state); break;
            case RecordType.DefinitionRemoved: Apply<DefinitionRemoved>(ref reader, state); break;
            case RecordType.MessageLeasedByBroker: Apply<MessageLeasedByBroker>(ref reader, state); break;
            default: throw new StateCorruptException($"a record of type {(byte)type}, unknown to this version");
        }
    }

    private static void Apply<T>(ref SpanReader reader, ShardState state)
        where T : struct, IRecord<T>
    {
        var record = T.Read(ref reader);
        if (reader.Remaining != 0)
            throw new StateCorruptException($"a record of type {T.Type} with {reader.Remaining} bytes too many");
        record.Apply(state);
    }
}
