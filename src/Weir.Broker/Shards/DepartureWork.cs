using Weir.Engine;

namespace Weir.Broker.Shards;

/// <summary>Waits until a message is not in its queue any more. Its answer says no more than that it may be so.
/// </summary>
/// <param name="account">Whose message it is.</param>
/// <param name="giveUp">Ends the wait with an answer.</param>
internal sealed class DepartureWork(string account, MessagePlace place, CancellationToken giveUp)
    : ParkedWork<Done>(giveUp)
{
    public override string? Account => account;

    public MessagePlace Place { get; } = place;

    public override int RecordBytesMax => 0;

    public override bool Run(ShardLoop loop)
    {
        Outcome = default(Done);
        return !loop.Departures.Park(this);
    }

    public override void GiveUp()
    {
        Outcome = default(Done);
        base.GiveUp();
    }

    protected override void End(ShardLoop loop) => loop.Departures.End(this);
}
