namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>The fields that any rule names, found by the hash of their path.</summary>
internal sealed class FieldTable
{
    private readonly Dictionary<ulong, int> _byHash = [];
    private readonly List<Entry> _entries = [];

    private sealed record Entry(byte[] Path, ValueMatcher Matcher, int NextOfHash);

    public int Count => _entries.Count;

    public ValueMatcher this[int field] => _entries[field].Matcher;

    public IEnumerable<ValueMatcher> Matchers => _entries.Select(entry => entry.Matcher);

    public int Add(byte[] path)
    {
        var hash = EventFields.Hash(path);
        var first = _byHash.GetValueOrDefault(hash, -1);
        for (var field = first; field >= 0; field = _entries[field].NextOfHash)
            if (_entries[field].Path.AsSpan().SequenceEqual(path)) return field;
        _entries.Add(new(path, new(), first));
        return _byHash[hash] = _entries.Count - 1;
    }

    /// <returns>-1 when no rule names it.</returns>
    public int Find(EventFields fields, in EventField field)
    {
        if (!_byHash.TryGetValue(fields.HashOf(field), out var found)) return -1;
        while (found >= 0 && !fields.HasPath(field, _entries[found].Path)) found = _entries[found].NextOfHash;
        return found;
    }
}
