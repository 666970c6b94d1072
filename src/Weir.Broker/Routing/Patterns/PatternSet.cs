using Microsoft.Extensions.ObjectPool;
using Weir.Broker.Routing.Patterns.Matching;

namespace Weir.Broker.Routing.Patterns;

/// <summary>
/// Many rules, compiled so that an event is matched with all of them at once, at a cost that grows with the event and
/// with what it matches. Immutable, and safe for any number of threads.
/// </summary>
public sealed class PatternSet<T>
{
    private readonly T[] _values;
    private readonly FieldTable _fields;
    private readonly Conjunction[] _conjunctions;
    private readonly RuleNode _root;
    private readonly DefaultObjectPool<MatchScratch> _scratches;

    private PatternSet(T[] values, RuleTreeBuilder tree)
    {
        _values = values;
        _fields = tree.Fields;
        _conjunctions = [.. tree.Conjunctions];
        _root = tree.Root;
        _scratches = new(new ScratchPolicy(tree.Atoms, tree.Fields.Count, tree.NodeCount, values.Length));
    }

#pragma warning disable CA1000 // A set is built of rules whose type says T; a factory beside it would only repeat it.
    public static PatternSet<T> Build(IReadOnlyList<(Pattern Pattern, T Value)> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var tree = new RuleTreeBuilder();
        for (var i = 0; i < rules.Count; i++) tree.Add(i, rules[i].Pattern);
        tree.Complete();
        return new([.. rules.Select(rule => rule.Value)], tree);
    }
#pragma warning restore CA1000

    /// <summary>Adds the value of each rule that matches, once, in no particular order.</summary>
    public void Match(EventFields fields, List<T> matched)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(matched);
        var scratch = _scratches.Get();
        scratch.Begin(fields);
        for (var i = 0; i < fields.Count; i++)
        {
            var value = fields[i];
            var field = _fields.Find(fields, value);
            if (field < 0) continue;
            scratch.BeginValue(field, i, value.Kind);
            _fields[field].Match(value.Kind, fields.TextOf(value), scratch);
        }

        scratch.Enter(_root);
        while (scratch.TryLeave(out var node))
        {
            foreach (var conjunction in node.Conjunctions) Conclude(_conjunctions[conjunction], scratch, matched);
            node.Descend(scratch);
        }

        _scratches.Return(scratch);
    }

    private void Conclude(Conjunction conjunction, MatchScratch scratch, List<T> matched)
    {
        if (scratch.HasMatched(conjunction.Rule) || !scratch.Elements.Holds(conjunction, scratch)) return;
        if (scratch.IsFirstOf(conjunction.Rule)) matched.Add(_values[conjunction.Rule]);
    }

    private sealed class ScratchPolicy(IReadOnlyList<Atom> atoms, int fields, int nodes, int rules)
        : PooledObjectPolicy<MatchScratch>
    {
        public override MatchScratch Create() => new(atoms, fields, nodes, rules);

        public override bool Return(MatchScratch obj) => true;
    }
}
