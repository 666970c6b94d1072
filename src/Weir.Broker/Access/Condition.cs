namespace Weir.Broker.Access;

/// <summary>One key of a condition with its operator and values.</summary>
/// <param name="Tests">One for each value: one of them must hold, or with <paramref name="IsNegated"/> none.</param>
/// <param name="HoldsWithout">What it is for a request that lacks the key.</param>
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
internal sealed record Condition(
    ConditionKey Key, IReadOnlyList<Func<AccessRequest, string, bool>> Tests, bool IsNegated, bool HoldsWithout)
{
    /// <summary>For the operator Null: whether the key must be missing.</summary>
    public bool? MustBeMissing { get; init; }

    public bool Holds(AccessRequest request)
    {
        var value = Key.Read(request);
        if (MustBeMissing is { } missing) return value is null == missing;
        if (value is null) return HoldsWithout;
        foreach (var test in Tests)
        {
            if (test(request, value)) return !IsNegated;
        }

        return IsNegated;
    }
}
