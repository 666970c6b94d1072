namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>Makes one atom of equal tests, one condition of equal lists of atoms, and one way of equal beginnings.
/// </summary>
internal sealed class RuleTreeBuilder
{
    private readonly Dictionary<(int Field, TestKind Kind, string Operand), int> _atomIds = [];
    private readonly Dictionary<string, int> _conditionIds = [];
    private readonly Dictionary<(int Node, int Condition), RuleNode> _ways = [];
    private readonly List<int> _uses = [];
    private readonly List<Condition> _conditions = [];
    private readonly List<(int Rule, int[] Conditions)> _conjunctions = [];

    public FieldTable Fields { get; } = new();

    public List<Atom> Atoms { get; } = [];

    public List<Conjunction> Conjunctions { get; } = [];

    public RuleNode Root { get; } = new(0);

    public int NodeCount { get; private set; } = 1;

    public void Add(int rule, Pattern pattern)
    {
        foreach (var choice in pattern.Choices)
            _conjunctions.Add((rule, [.. choice.Select(ConditionOf).Distinct()]));
    }

    /// <summary>After the last <see cref="Add"/>, for only then is known what is rare.</summary>
    public void Complete()
    {
        foreach (var (rule, conditions) in _conjunctions)
        {
            Array.Sort(conditions, CompareRareFirst);
            var node = Root;
            foreach (var condition in conditions) node = Way(node, condition);
            node.Conjunctions.Add(Conjunctions.Count);
            Conjunctions.Add(new(rule, [.. conditions.Select(condition => _conditions[condition])]));
        }

        foreach (var matcher in Fields.Matchers) matcher.Complete();
    }

    private int CompareRareFirst(int x, int y)
    {
        var (xAtoms, yAtoms) = (_conditions[x].Atoms, _conditions[y].Atoms);
        var order = xAtoms.Max(atom => Atoms[atom].Kind).CompareTo(yAtoms.Max(atom => Atoms[atom].Kind));
        if (order == 0) order = xAtoms.Sum(atom => (long)_uses[atom]).CompareTo(yAtoms.Sum(atom => (long)_uses[atom]));
        return order == 0 ? x.CompareTo(y) : order;
    }

    private RuleNode Way(RuleNode node, int condition)
    {
        if (_ways.TryGetValue((node.Index, condition), out var next)) return next;
        next = new RuleNode(NodeCount++);
        _ways.Add((node.Index, condition), next);
        foreach (var atom in _conditions[condition].Atoms) node.Add(atom, Atoms[atom], next);
        return next;
    }

    private int ConditionOf(FieldCondition condition)
    {
        var field = Fields.Add(condition.Path);
        int[] atoms = [.. condition.Tests.Select(test => AtomOf(field, test)).Distinct().Order()];
        foreach (var atom in atoms) _uses[atom]++;
        var key = string.Join(',', atoms);
        if (_conditionIds.TryGetValue(key, out var id)) return id;
        _conditions.Add(new(atoms));
        return _conditionIds[key] = _conditions.Count - 1;
    }

    private int AtomOf(int field, ValueTest test)
    {
        var key = (field, test.Kind, test.Operand);
        if (_atomIds.TryGetValue(key, out var atom)) return atom;
        atom = Atoms.Count;
        _atomIds.Add(key, atom);
        _uses.Add(0);
        switch (test.Kind)
        {
            case TestKind.Present: Atoms.Add(new(AtomKind.Present, field)); break;
            case TestKind.Absent: Atoms.Add(new(AtomKind.Absent, field)); break;
            case TestKind.AnythingBut:
                Atoms.Add(new(AtomKind.AnythingBut, field));
                foreach (var except in test.Except) Fields[field].Add(except, ~atom);
                break;
            default:
                Atoms.Add(new(AtomKind.Met, field));
                Fields[field].Add(test, atom);
                break;
        }

        return atom;
    }
}
