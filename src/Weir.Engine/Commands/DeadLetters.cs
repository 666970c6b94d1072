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
    private readonly bool _isExpiredDropped;
    private int _room;
    private int _evictions;

    public DeadLetters(Shard shard, Queue source, int max)
    {
        _shard = shard;
        _source = source;
        _room = max;
        _evictions = Admission.EvictionsMax;
        _isExpiredDropped = source.Config.Flow.Expired == ExpiryPolicy.Drop;
        if (source.Config.Redrive is not { } redrive) return;
        _receiveCountMax = redrive.ReceiveCountMax;
        _target = TargetOf(shard, source);
    }

    /// <summary>The dead-letter queue of a queue's policy, if it takes its messages.</summary>
    public static Queue? TargetOf(Shard shard, Queue source) =>
        source.Config.Redrive is { } redrive && shard.State.Find(redrive.DeadLetterQueue) is { } target
        && target.Config.IsFifo == source.Config.IsFifo && target.Config.RedriveAllow?.Allows(source.Name) != false
            ? target
            : null;

    /// <summary>True once a message should have moved but this receive has moved as many as it may.</summary>
    public bool IsExhausted { get; private set; }

    public bool TryMove(in Message message)
    {
        if (message.ExpiresUnixMs != 0 && message.ExpiresUnixMs <= _shard.NowUnixMs) return TryExpire(message);
        if (_target is null || message.ReceiveCount < _receiveCountMax || !TargetTakes(message) || !HasRoom())
            return false;
        var sequence = _target.NextSequence;
        _shard.Emit(new MessageMoved(
            _source.Id, message.Sequence, _target.Id, sequence, message.MessageId, Guid.Empty));
        Admission.MakeRoom(_shard, _target, sequence, ref _evictions);
        return true;
    }

    // An expired message is never delivered. While its dead-letter queue has no room it stays where it is, and so do
    // those behind it; when that queue is gone there is nowhere to keep it.
    private bool TryExpire(in Message message)
    {
        var target = _isExpiredDropped ? null : _target;
        if (target is not null && !TargetTakes(message)) IsExhausted = true;
        if (IsExhausted || !HasRoom()) return false;
        var sequence = target?.NextSequence ?? 0;
        _shard.Emit(new MessageEvicted(_source.Id, message.Sequence, IsExpired: true, target?.Id ?? 0, sequence));
        if (target is not null) Admission.MakeRoom(_shard, target, sequence, ref _evictions);
        return true;
    }

    private bool HasRoom()
    {
        if (_room > 0)
        {
            _room--;
            return true;
        }

        IsExhausted = true;
        return false;
    }

    private bool TargetTakes(in Message message)
    {
        if (!Admission.Takes(_shard, _target!, message.Payload.Length)) return false;
        if (_evictions == 0 && _target!.LimitReached(1, message.Payload.Length) is not null) IsExhausted = true;
        return !IsExhausted;
    }
}
