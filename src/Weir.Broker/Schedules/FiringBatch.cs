using Weir.Broker.Forwarding;

namespace Weir.Broker.Schedules;

/// <summary>
/// What fires together. However much is due at once, only this much of it is in memory, and what else the server has to
/// do goes on between two of them.
/// </summary>
internal sealed class FiringBatch
{
    public const int CountMax = 500;

    /// <summary>What is sent to a topic may go to many queues, and each takes memory.</summary>
    public const int DeliveriesMax = 10_000;

    public const long ContentBytesMax = 1 << 20;

    private readonly List<DueKey> _keys = [];
    private readonly List<Outgoing> _units = [];
    private long _contentBytes;
    private long _deliveries;

    public IReadOnlyList<DueKey> Keys => _keys;

    public IReadOnlyList<Outgoing> Units => _units;

    /// <summary>One that alone is more than a limit goes all the same, without any after it.</summary>
    public bool IsFull =>
        _units.Count >= CountMax || _contentBytes >= ContentBytesMax || _deliveries >= DeliveriesMax;

    public void Add(DueKey key, Outgoing unit)
    {
        _keys.Add(key);
        _units.Add(unit);
        _contentBytes += unit.Publications.Sum(publication => publication.ContentBytes);
        _deliveries += unit.DeliveryCount;
    }
}
