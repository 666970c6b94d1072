namespace Weir.Simulator;

// What one receive moves out of its way: messages that were received often enough, and expired ones.
internal sealed class LettersModel(QueueModel queue)
{
    private readonly QueueModel? _target = queue.LetterQueue();
    private int _room = 100;
    private int _evictions = 16;

    // A message should have gone and could not: it is not delivered, and neither are those behind it.
    public bool IsExhausted { get; private set; }

    public bool TryMove(MessageModel message, long now)
    {
        if (message.IsExpired(now)) return TryExpire(message);
        if (_target is null || message.Receives < queue.Config.Redrive!.ReceiveCountMax || !TargetTakes(message)
            || !HasRoom())
            return false;
        Move(message, _target);
        return true;
    }

    private bool TryExpire(MessageModel message)
    {
        var target = queue.Flow.Expired == Engine.ExpiryPolicy.Drop ? null : _target;
        if (target is not null && !TargetTakes(message)) IsExhausted = true;
        if (IsExhausted || !HasRoom()) return false;
        Move(message, target);
        return true;
    }

    private void Move(MessageModel message, QueueModel? target)
    {
        var sequence = target?.NextSequence ?? 0;
        queue.Evict(message, target);
        target?.MakeRoom(sequence, ref _evictions);
    }

    private bool HasRoom()
    {
        IsExhausted |= _room == 0;
        return _room-- > 0;
    }

    private bool TargetTakes(MessageModel message)
    {
        if (!_target!.HasRoomFor(1, message.Bytes, _target.NextSequence)) return false;
        IsExhausted |= _evictions == 0 && _target.IsOver(1, message.Bytes);
        return !IsExhausted;
    }
}
