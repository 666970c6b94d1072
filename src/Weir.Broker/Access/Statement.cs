namespace Weir.Broker.Access;

/// <summary>One statement of a policy.</summary>
internal sealed class Statement
{
    /// <summary>Its Sid, or its number.</summary>
    public required string Name { get; init; }

    public required bool IsDeny { get; init; }

    /// <summary>Null in a key's policy: it is for whoever has the key.</summary>
    public PrincipalSet? Principals { get; init; }

    public required TextSet Actions { get; init; }

    public required TextSet Resources { get; init; }

    /// <summary>All of them must hold.</summary>
    public required IReadOnlyList<Condition> Conditions { get; init; }

    /// <param name="isDirect">It is for the caller, not for its account as a whole.</param>
    public bool Applies(AccessRequest request, out bool isDirect)
    {
        isDirect = true;
        if (Principals is { } principals && !principals.Has(request.Caller, out isDirect)) return false;
        if (!Actions.Has(request.Action) || !Resources.Has(request.Resource)) return false;
        foreach (var condition in Conditions)
        {
            if (!condition.Holds(request)) return false;
        }

        return true;
    }
}
