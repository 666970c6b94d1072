using Weir.Broker.Forwarding;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Archives;

/// <summary>What goes out in one commit of a replay: as many units as fit, and the first in any case.</summary>
internal sealed class ReplayPage
{
    /// <summary>What one commit takes at most, if it has more than one message.</summary>
    private const int CommitBytesMax = 1 << 20;

    private readonly List<Outgoing> _units = [];
    private long _bytes;

    /// <summary>How many messages of the archive it covers, those that go nowhere included.</summary>
    public int Count { get; private set; }

    /// <summary>The last message that it covers.</summary>
    public StoredMessage? Last { get; private set; }

    /// <summary>False when there is no room for it any more.</summary>
    public bool TryAdd(StoredMessage message, Outgoing unit)
    {
        var publications = unit.Publications.Select(publication => publication.ToPublication()).ToArray();
        _bytes += new PublishCommand(publications).RecordBytesMax;
        if (Count > 0 && _bytes > CommitBytesMax) return false;
        _units.Add(unit);
        Last = message;
        Count++;
        return true;
    }

    /// <summary>Adds all of it to what goes out.</summary>
    public void AddTo(Outgoing outgoing)
    {
        foreach (var unit in _units) outgoing.Take(unit);
    }
}
