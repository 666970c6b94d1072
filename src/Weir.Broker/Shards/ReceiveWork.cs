using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.State;
using Weir.Journal;

namespace Weir.Broker.Shards;

/// <summary>A receive that may wait for messages.</summary>
internal sealed class ReceiveWork : Work<IReadOnlyList<LeasedMessage>>
{
    private readonly ReceiveCommand _command;
    private readonly CancellationToken _clientGone;
    private CancellationTokenRegistration _registration;
    private ShardLoop? _loop;

    public ReceiveWork(ReceiveCommand command, TimeSpan? wait, CancellationToken clientGone)
    {
        _command = command;
        _clientGone = clientGone;
        Wait = wait;
        RecordBytesMax = command.RecordBytesMax;
        Outcome = Array.Empty<LeasedMessage>();
    }

    public QueueName Queue => _command.Queue;

    /// <summary>True when it may get messages although none is ready: those of a receive before it.</summary>
    public bool MayRepeat => _command.HasAttemptId;

    /// <summary>Null: the queue's own.</summary>
    public TimeSpan? Wait { get; }

    public override int RecordBytesMax { get; }

    public override bool AddsData => false;

    /// <summary>The segments that the leased contents lie in, held until the contents are read.</summary>
    public List<SegmentPin> Pins { get; } = [];

    // Owned by the shard's thread, while parked.
    public QueueWatch? Watch { get; set; }

    public LinkedListNode<ReceiveWork>? Place { get; set; }

    public long DeadlineUnixMs { get; set; }

    public int HeapIndex { get; set; } = -1;

    public override bool Run(ShardLoop loop)
    {
        if (loop.Waiters.TryPark(this)) return false;
        Receive(loop);
        if (!Outcome.IsOk || Outcome.Value.Count > 0) return true;
        return !loop.Waiters.Park(this);
    }

    /// <summary>Executes the receive now, whatever comes of it.</summary>
    public void Receive(ShardLoop loop)
    {
        Outcome = loop.Shard.Execute(_command);
        if (!Outcome.IsOk) return;
        foreach (var message in Outcome.Value) Pins.Add(loop.Journal.Pin(message.Payload.Segment));
    }

    public bool IsAnswered => !Outcome.IsOk || Outcome.Value.Count > 0;

    /// <summary>Tells the shard when the client goes away, for as long as this is parked.</summary>
    public void ListenForClient(ShardLoop loop)
    {
        _loop = loop;
        _registration = _clientGone.UnsafeRegister(
            static work => ((ReceiveWork)work!)._loop!.Post(new CancelWork((ReceiveWork)work)), this);
    }

    public override void Complete()
    {
        _registration.Unregister();
        base.Complete();
    }

    public override void Refuse(Fault fault)
    {
        _registration.Unregister();
        base.Refuse(fault);
    }

    /// <summary>Earliest deadline first.</summary>
    public readonly struct ByDeadline : IHeapOrder<ReceiveWork>
    {
        public static bool Before(ReceiveWork left, ReceiveWork right) => left.DeadlineUnixMs < right.DeadlineUnixMs;

        public static int GetIndex(ReceiveWork item) => item.HeapIndex;

        public static void SetIndex(ReceiveWork item, int index) => item.HeapIndex = index;
    }
}

/// <summary>The client of a receive went away: if it is still parked, it ends without a message.</summary>
internal sealed class CancelWork(ReceiveWork receive) : Work
{
    public override int RecordBytesMax => 0;

    public override bool AddsData => false;

    public override bool Run(ShardLoop loop)
    {
        loop.Waiters.Cancel(receive);
        return false;
    }

    public override void Complete()
    {
    }

    public override void Refuse(Fault fault)
    {
    }
}
