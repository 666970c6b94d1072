using Weir.Engine;

namespace Weir.Broker.Shards;

/// <summary>Waits until a message is not in its queue any more. Its answer says no more than that it may be so.
/// </summary>
/// <param name="giveUp">Ends the wait with an answer.</param>
internal sealed class DepartureWork(MessagePlace place, CancellationToken giveUp) : Work<Done>
{
    private CancellationTokenRegistration _registration;
    private ShardLoop? _loop;

    public MessagePlace Place { get; } = place;

    public override int RecordBytesMax => 0;

    public override bool AddsData => false;

    public override bool Run(ShardLoop loop)
    {
        Outcome = default(Done);
        return !loop.Departures.Park(this);
    }

    /// <summary>Tells the shard when nobody waits any more, for as long as this is parked.</summary>
    public void ListenForEnd(ShardLoop loop)
    {
        _loop = loop;
        _registration = giveUp.UnsafeRegister(
            static work => ((DepartureWork)work!)._loop!.Post(new EndDepartureWork((DepartureWork)work)), this);
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
}

/// <summary>Nobody waits for a departure any more: if it is still parked, it ends.</summary>
internal sealed class EndDepartureWork(DepartureWork departure) : Work
{
    public override int RecordBytesMax => 0;

    public override bool AddsData => false;

    public override bool Run(ShardLoop loop)
    {
        loop.Departures.End(departure);
        return false;
    }

    public override void Complete()
    {
    }

    public override void Refuse(Fault fault)
    {
    }
}
