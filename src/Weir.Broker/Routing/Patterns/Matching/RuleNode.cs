namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>
/// Rules as a tree: each step down is a condition, the rarest first, and rules that share their first conditions share
/// the way. An event goes down only where it meets the condition, so rules that ask for something else cost nothing.
/// </summary>
internal sealed class RuleNode(int index)
{
    private readonly Dictionary<int, List<RuleNode>> _byAtom = [];
    private readonly Dictionary<int, List<(int Atom, RuleNode Node)>> _byField = [];
    private readonly List<(int Atom, RuleNode Node)> _byAbsence = [];

    public int Index { get; } = index;

    /// <summary>Whose last condition led here.</summary>
    public List<int> Conjunctions { get; } = [];

    public void Add(int atom, Atom description, RuleNode node)
    {
        switch (description.Kind)
        {
            case AtomKind.Met: Entry(_byAtom, atom).Add(node); break;
            case AtomKind.Absent: _byAbsence.Add((atom, node)); break;
            default: Entry(_byField, description.Field).Add((atom, node)); break;
        }
    }

    /// <summary>Goes through whichever is fewer: the steps down, or what the event has.</summary>
    public void Descend(MatchScratch scratch)
    {
        if (_byAtom.Count <= scratch.MetAtoms.Count)
        {
            foreach (var (atom, nodes) in _byAtom)
                if (scratch.IsMet(atom)) scratch.Enter(nodes);
        }
        else
        {
            foreach (var atom in scratch.MetAtoms)
                if (_byAtom.TryGetValue(atom, out var nodes)) scratch.Enter(nodes);
        }

        if (_byField.Count <= scratch.SeenFields.Count)
        {
            foreach (var (field, steps) in _byField)
                if (scratch.IsSeen(field)) EnterMet(steps, scratch);
        }
        else
        {
            foreach (var field in scratch.SeenFields)
                if (_byField.TryGetValue(field, out var steps)) EnterMet(steps, scratch);
        }

        EnterMet(_byAbsence, scratch);
    }

    private static void EnterMet(List<(int Atom, RuleNode Node)> steps, MatchScratch scratch)
    {
        foreach (var (atom, node) in steps)
            if (scratch.IsMet(atom)) scratch.Enter(node);
    }

    private static List<T> Entry<T>(Dictionary<int, List<T>> lists, int key)
    {
        if (!lists.TryGetValue(key, out var list)) lists.Add(key, list = []);
        return list;
    }
}
