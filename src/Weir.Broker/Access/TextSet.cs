namespace Weir.Broker.Access;

/// <summary>The actions or resources of a statement, or all but those.</summary>
/// <param name="IsAllBut">True for NotAction and NotResource.</param>
/// <param name="IgnoresCase">True for actions; ARNs are of the case that they have.</param>
internal sealed record TextSet(IReadOnlyList<string> Patterns, bool IsAllBut, bool IgnoresCase)
{
    public bool Has(string text)
    {
        foreach (var pattern in Patterns)
        {
            if (Wildcard.Matches(pattern, text, IgnoresCase)) return !IsAllBut;
        }

        return IsAllBut;
    }
}
