using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Journal;

namespace Weir.Broker.Shards;

/// <summary>A look at stored messages whose contents are read afterwards.</summary>
internal sealed class BrowseWork(BrowseCommand command) : Work<IReadOnlyList<StoredMessage>>
{
    public override int RecordBytesMax => 0;

    /// <summary>It may go over all that is in memory of its queue, so it is a turn of its own.</summary>
    public override int Cost => Mailbox.QuantumBytes;

    public override bool AddsData => false;

    public override string? Account => command.Account;

    /// <summary>The shard that answered it.</summary>
    public ShardLoop? Loop { get; private set; }

    /// <summary>The segments that the contents lie in, held until the contents are read.</summary>
    public List<SegmentPin> Pins { get; } = [];

    public override bool Run(ShardLoop loop)
    {
        Outcome = loop.Shard.Execute(command);
        if (!Outcome.IsOk) return true;
        Loop = loop;
        loop.Readers.Add();
        foreach (var message in Outcome.Value) Pins.Add(loop.Journal.Pin(message.Payload.Segment));
        return true;
    }
}
