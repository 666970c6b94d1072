namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>For each of many keys a list of values, in one array, made empty without being cleared.</summary>
internal sealed class ValueLists
{
    private readonly List<(int Value, int Next)> _entries = [];
    private (int Stamp, int First)[] _heads = [];
    private int _stamp;

    public void Begin(int keyCount)
    {
        if (_heads.Length < keyCount || _stamp == int.MaxValue)
        {
            _heads = new (int, int)[keyCount];
            _stamp = 0;
        }

        _stamp++;
        _entries.Clear();
    }

    public void Add(int key, int value)
    {
        var first = First(key);
        if (first >= 0 && Value(first) == value) return;
        _entries.Add((value, first));
        _heads[key] = (_stamp, _entries.Count - 1);
    }

    /// <returns>Where in the list the value is; -1 at its end.</returns>
    public int First(int key) => _heads[key].Stamp == _stamp ? _heads[key].First : -1;

    public int Next(int at) => _entries[at].Next;

    public int Value(int at) => _entries[at].Value;
}
