using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.State;
using Weir.Journal;

namespace Weir.Broker.Shards;

/// <summary>A receive that may wait for messages.</summary>
internal sealed class ReceiveWork : ParkedWork<IReadOnlyList<LeasedMessage>>
{
    private readonly ReceiveCommand _command;

    public ReceiveWork(ReceiveCommand command, TimeSpan? wait, CancellationToken clientGone)
        : base(clientGone)
    {
        _command = command;
        Wait = wait;
        RecordBytesMax = command.RecordBytesMax;
        Outcome = Array.Empty<LeasedMessage>();
    }

    public QueueName Queue => _command.Queue;

    public override string? Account => _command.Account;

    /// <summary>The shard that messages were leased from; null: none were.</summary>
    public ShardLoop? Loop { get; private set; }

    /// <summary>True when it may get messages although none is ready: those of a receive before it.</summary>
    public bool MayRepeat => _command.HasAttemptId;

    /// <summary>Null: the queue's own.</summary>
    public TimeSpan? Wait { get; }

    public override int RecordBytesMax { get; }

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
        if (!Outcome.IsOk || Outcome.Value.Count == 0) return;
        Loop = loop;
        loop.Readers.Add();
        foreach (var message in Outcome.Value) Pins.Add(loop.Journal.Pin(message.Payload.Segment));
    }

    public bool IsAnswered => !Outcome.IsOk || Outcome.Value.Count > 0;

    protected override void End(ShardLoop loop) => loop.Waiters.Cancel(this);

    /// <summary>Earliest deadline first.</summary>
    public readonly struct ByDeadline : IHeapOrder<ReceiveWork>
    {
        public static bool Before(ReceiveWork left, ReceiveWork right) => left.DeadlineUnixMs < right.DeadlineUnixMs;

        public static int GetIndex(ReceiveWork item) => item.HeapIndex;

        public static void SetIndex(ReceiveWork item, int index) => item.HeapIndex = index;
    }
}
