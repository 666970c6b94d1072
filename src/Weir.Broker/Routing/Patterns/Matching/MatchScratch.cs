namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>
/// What one event meets of one set of rules. Kept to be used again: a stamp, not clearing, makes it new, so that its
/// size costs nothing.
/// </summary>
internal sealed class MatchScratch(IReadOnlyList<Atom> atoms, int fieldCount, int nodeCount, int ruleCount)
{
    private readonly int[] _atomStamp = new int[atoms.Count];
    private readonly int[] _fieldStamp = new int[fieldCount];
    private readonly int[] _nodeStamp = new int[nodeCount];
    private readonly int[] _ruleStamp = new int[ruleCount];

    /// <summary>For an atom of anything-but: how many values it excludes, and the last of them.</summary>
    private readonly (int Count, int LastValue)[] _excluded = new (int, int)[atoms.Count];

    /// <summary>How many values of a field anything-but could take.</summary>
    private readonly int[] _values = new int[fieldCount];

    private readonly Stack<RuleNode> _nodes = new();
    private byte[] _bytes = [];
    private int _stamp;
    private int _value;

    public List<int> MetAtoms { get; } = [];

    public List<int> SeenFields { get; } = [];

    public AutomatonRun Run { get; } = new();

    public ElementCheck Elements { get; } = new();

    public void Begin(EventFields fields)
    {
        MetAtoms.Clear();
        SeenFields.Clear();
        _nodes.Clear();
        Elements.Begin(fields, atoms.Count, fieldCount);
        if (_stamp == int.MaxValue)
        {
            foreach (var stamps in new[] { _atomStamp, _fieldStamp, _nodeStamp, _ruleStamp }) Array.Clear(stamps);
            _stamp = 0;
        }

        _stamp++;
    }

    /// <summary>What is hit until the next call, is hit by this value.</summary>
    public void BeginValue(int field, int value, FieldKind kind)
    {
        _value = value;
        if (_fieldStamp[field] != _stamp)
        {
            _fieldStamp[field] = _stamp;
            _values[field] = 0;
            SeenFields.Add(field);
        }

        if (kind != FieldKind.Opaque) _values[field]++;
        Elements.AddValue(field, value);
    }

    public void Hit(AtomList hit)
    {
        foreach (var atom in hit.Atoms)
        {
            if (atom < 0) Exclude(~atom);
            else Meet(atom);
        }
    }

    public bool IsSeen(int field) => _fieldStamp[field] == _stamp;

    public bool IsMet(int atom)
    {
        var (kind, field) = atoms[atom];
        return kind switch
        {
            AtomKind.Met => _atomStamp[atom] == _stamp,
            AtomKind.Present => IsSeen(field),
            AtomKind.AnythingBut => IsSeen(field) && _values[field] > Excluded(atom),
            _ => !IsSeen(field),
        };
    }

    public Atom Describe(int atom) => atoms[atom];

    public void Enter(List<RuleNode> nodes)
    {
        foreach (var node in nodes) Enter(node);
    }

    /// <summary>Two alternatives of one condition lead to the same node, which is entered once.</summary>
    public void Enter(RuleNode node)
    {
        if (_nodeStamp[node.Index] == _stamp) return;
        _nodeStamp[node.Index] = _stamp;
        _nodes.Push(node);
    }

    public bool TryLeave(out RuleNode node) => _nodes.TryPop(out node!);

    public bool IsFirstOf(int rule)
    {
        if (_ruleStamp[rule] == _stamp) return false;
        _ruleStamp[rule] = _stamp;
        return true;
    }

    public bool HasMatched(int rule) => _ruleStamp[rule] == _stamp;

    public Span<byte> Bytes(int length)
    {
        if (_bytes.Length < length) _bytes = new byte[Math.Max(length, 2 * _bytes.Length)];
        return _bytes.AsSpan(0, length);
    }

    private int Excluded(int atom) => _atomStamp[atom] == _stamp ? _excluded[atom].Count : 0;

    private void Meet(int atom)
    {
        if (_atomStamp[atom] != _stamp)
        {
            _atomStamp[atom] = _stamp;
            MetAtoms.Add(atom);
        }

        Elements.AddHit(atom, _value);
    }

    /// <summary>A value that several of the atom's texts exclude counts once.</summary>
    private void Exclude(int atom)
    {
        var count = Excluded(atom);
        if (count > 0 && _excluded[atom].LastValue == _value) return;
        _atomStamp[atom] = _stamp;
        _excluded[atom] = (count + 1, _value);
        Elements.AddHit(atom, _value);
    }
}
