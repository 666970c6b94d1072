namespace Weir.Broker.Routing.Patterns;

/// <summary>One object of a pattern: every condition holds, and one alternative of each <c>$or</c>.</summary>
internal sealed class PatternTerm
{
    public List<FieldCondition> Conditions { get; } = [];

    public List<IReadOnlyList<PatternTerm>> Choices { get; } = [];

    public IEnumerable<FieldCondition> AllConditions =>
        Conditions.Concat(Choices.SelectMany(terms => terms).SelectMany(term => term.AllConditions));

    /// <summary>A sum over the choices, of the product over the conditions: double, for it cannot overflow.</summary>
    public double Combinations(Func<FieldCondition, double> weight)
    {
        var product = 1.0;
        foreach (var condition in Conditions) product *= weight(condition);
        foreach (var alternatives in Choices) product *= alternatives.Sum(term => term.Combinations(weight));
        return product;
    }

    /// <summary>The conjunctions that this stands for. The caller knows that they are few.</summary>
    public List<IReadOnlyList<FieldCondition>> Unfold()
    {
        List<IReadOnlyList<FieldCondition>> unfolded = [Conditions];
        foreach (var alternatives in Choices)
        {
            var longer = new List<IReadOnlyList<FieldCondition>>();
            foreach (var tail in alternatives.SelectMany(term => term.Unfold()))
                longer.AddRange(unfolded.Select(head => (IReadOnlyList<FieldCondition>)[.. head, .. tail]));
            unfolded = longer;
        }

        return unfolded;
    }
}
