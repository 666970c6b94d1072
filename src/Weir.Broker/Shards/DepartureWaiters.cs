using Weir.Engine;

namespace Weir.Broker.Shards;

/// <summary>Those who wait for messages to leave their queues. Owned by the shard's thread, but for the count.
/// </summary>
internal sealed class DepartureWaiters(ShardLoop loop)
{
    private readonly Dictionary<MessagePlace, List<DepartureWork>> _waiting = [];
    private readonly List<MessagePlace> _left = [];
    private volatile int _count;

    public int Count => _count;

    /// <summary>True when a message left that somebody waits for, and those are not answered yet.</summary>
    public bool AreDue => loop.Shard.HasLeft;

    /// <summary>False when the message is not in its queue, so that there is nothing to wait for.</summary>
    public bool Park(DepartureWork work)
    {
        if (!loop.Shard.WatchMessage(work.Place)) return false;
        if (!_waiting.TryGetValue(work.Place, out var works)) _waiting.Add(work.Place, works = []);
        works.Add(work);
        _count++;
        work.ListenForEnd(loop);
        return true;
    }

    /// <summary>Answers one that waits no more.</summary>
    public void End(DepartureWork work)
    {
        if (!_waiting.TryGetValue(work.Place, out var works) || !works.Remove(work)) return;
        _count--;
        if (works.Count == 0)
        {
            _waiting.Remove(work.Place);
            loop.Shard.UnwatchMessage(work.Place);
        }

        loop.Answer(work);
    }

    /// <summary>Answers those whose message left; to be called within the frame in which it did, or later.</summary>
    public void Serve()
    {
        if (!loop.Shard.TakeLeft(_left)) return;
        foreach (var place in _left)
        {
            if (!_waiting.Remove(place, out var works)) continue;
            _count -= works.Count;
            foreach (var work in works) loop.Answer(work);
        }

        _left.Clear();
    }

    /// <summary>Answers those who wait for an account's messages.</summary>
    public void EndAll(string account)
    {
        var all = _waiting.Values.SelectMany(works => works).Where(work => work.Account == account);
        foreach (var work in all.ToArray()) End(work);
    }

    /// <summary>Sends everybody away; it is for the caller to answer them.</summary>
    public List<Work> TakeAll()
    {
        var all = new List<Work>(_count);
        foreach (var works in _waiting.Values) all.AddRange(works);
        _waiting.Clear();
        _count = 0;
        return all;
    }
}
