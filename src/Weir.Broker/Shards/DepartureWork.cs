using Weir.Engine;

namespace Weir.Broker.Shards;

/// <summary>Waits until a message is not in its queue any more. Its answer says no more than that it may be so.
/// </summary>
/// <param name="giveUp">Ends the wait with an answer.</param>
internal sealed class DepartureWork(MessagePlace place, CancellationToken giveUp) : ParkedWork<Done>(giveUp)
{
    public MessagePlace Place { get; } = place;

    public override int RecordBytesMax => 0;

    public override bool Run(ShardLoop loop)
    {
        Outcome = default(Done);
        return !loop.Departures.Park(this);
    }

    protected override void End(ShardLoop loop) => loop.Departures.End(this);
}
