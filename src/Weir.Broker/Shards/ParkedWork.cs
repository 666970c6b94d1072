using Weir.Engine;

namespace Weir.Broker.Shards;

/// <summary>Work that the shard may park until something happens or whoever asked gives up.</summary>
internal abstract class ParkedWork<T>(CancellationToken giveUp) : Work<T>
{
    private CancellationTokenRegistration _registration;
    private ShardLoop? _loop;

    public override bool AddsData => false;

    /// <summary>Tells the shard when nobody waits any more, for as long as this is parked.</summary>
    public void ListenForEnd(ShardLoop loop)
    {
        _loop = loop;
        _registration = giveUp.UnsafeRegister(static work =>
        {
            var parked = (ParkedWork<T>)work!;
            parked._loop!.Post(new EndWork(parked.End));
        }, this);
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

    /// <summary>Who waits for something is told that there is nothing.</summary>
    public override void GiveUp() => Complete();

    /// <summary>Answers it, if it is still parked. The shard's thread.</summary>
    protected abstract void End(ShardLoop loop);

    private sealed class EndWork(Action<ShardLoop> end) : Work
    {
        public override int RecordBytesMax => 0;

        public override bool AddsData => false;

        public override bool Run(ShardLoop loop)
        {
            end(loop);
            return false;
        }

        public override void Complete()
        {
        }

        public override void Refuse(Fault fault)
        {
        }
    }
}
