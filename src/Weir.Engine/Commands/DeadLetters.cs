using Weir.Engine.Queues;
using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <summary>
/// Moves messages that were received too often to the dead-letter queue. When that queue is gone, refuses its source
/// or is of another kind by now, they stay and go on being delivered.
/// </summary>
internal struct DeadLetters
{
    private readonly Shard _shard;
    private readonly Queue _source;
    private readonly Queue? _target;
    private readonly int _receiveCountMax;
    private int _room;

    public DeadLetters(Shard shard, Queue source, int max)
    {
        _shard = shard;
        _source = source;
        _room = max;
        if (source.Config.Redrive is not { } redrive) return;
        _receiveCountMax = redrive.ReceiveCountMax;
        if (shard.State.Find(redrive.DeadLetterQueue) is { } target
            && target.Config.IsFifo == source.Config.IsFifo
            && target.Config.RedriveAllow?.Allows(source.Name) != false)
        {
            _target = target;
        }
    }

    /// <summary>True once a message should have moved but this receive has moved as many as it may.</summary>
    public bool IsExhausted { get; private set; }

    public bool TryMove(in Message message)
    {
        if (_target is null || message.ReceiveCount < _receiveCountMax) return false;
        if (_room == 0)
        {
            IsExhausted = true;
            return false;
        }

        _room--;
        _shard.Emit(new MessageMoved(
            _source.Id, message.Sequence, _target.Id, _target.NextSequence, message.MessageId, Guid.Empty));
        return true;
    }
}
