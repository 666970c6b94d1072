namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>
/// Whether the values that meet a rule's conditions can be chosen so that no two of them lie in different elements of
/// one array: <c>{"a":{"b":[1],"c":[2]}}</c> does not match <c>{"a":[{"b":1},{"c":2}]}</c>.
/// https://github.com/aws/event-ruler#json-array-matching
/// </summary>
/// <remarks>
/// An array offers all conditions that any of its values meets, or none: a condition's path leads through the array,
/// so nothing beside it could meet the rest. So from the innermost element outwards, an element that meets all that
/// its array could, passes that on; the event itself must meet everything. Each value is looked at once, whatever the
/// number of combinations.
/// </remarks>
internal sealed class ElementCheck
{
    private readonly ValueLists _hits = new();
    private readonly ValueLists _values = new();
    private readonly ElementSets _sets = new();
    private readonly HashSet<int> _excluded = [];
    private EventFields _fields = null!;

    /// <summary>False where no array has objects: then there is nothing to check, and nothing is remembered.</summary>
    public bool IsNeeded { get; private set; }

    public void Begin(EventFields fields, int atomCount, int fieldCount)
    {
        _fields = fields;
        IsNeeded = fields.ElementCount > 1;
        if (!IsNeeded) return;
        _hits.Begin(atomCount);
        _values.Begin(fieldCount);
    }

    public void AddValue(int field, int value)
    {
        if (IsNeeded) _values.Add(field, value);
    }

    public void AddHit(int atom, int value)
    {
        if (IsNeeded) _hits.Add(atom, value);
    }

    /// <param name="conjunction">One whose conditions are all met somewhere.</param>
    public bool Holds(Conjunction conjunction, MatchScratch scratch)
    {
        if (!IsNeeded || conjunction.Conditions.Length < 2) return true;
        _sets.Begin(_fields, conjunction.Conditions.Length);
        for (var i = 0; i < conjunction.Conditions.Length; i++)
            foreach (var atom in conjunction.Conditions[i].Atoms)
                AddElements(i, atom, scratch);
        return _sets.IsAllMet();
    }

    private void AddElements(int condition, int atom, MatchScratch scratch)
    {
        var (kind, field) = scratch.Describe(atom);
        if (!scratch.IsMet(atom)) return;
        switch (kind)
        {
            case AtomKind.Met:
                for (var at = _hits.First(atom); at >= 0; at = _hits.Next(at))
                    _sets.Add(condition, _fields[_hits.Value(at)].Element);
                break;
            case AtomKind.Absent:
                _sets.Add(condition, 0);
                break;
            default:
                AddRest(condition, atom, field, isAnythingBut: kind == AtomKind.AnythingBut);
                break;
        }
    }

    private void AddRest(int condition, int atom, int field, bool isAnythingBut)
    {
        _excluded.Clear();
        for (var at = isAnythingBut ? _hits.First(atom) : -1; at >= 0; at = _hits.Next(at))
            _ = _excluded.Add(_hits.Value(at));
        for (var at = _values.First(field); at >= 0; at = _values.Next(at))
        {
            var value = _fields[_values.Value(at)];
            if (isAnythingBut && (value.Kind == FieldKind.Opaque || _excluded.Contains(_values.Value(at)))) continue;
            _sets.Add(condition, value.Element);
        }
    }
}
