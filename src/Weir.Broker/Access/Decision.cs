namespace Weir.Broker.Access;

public enum Verdict
{
    /// <summary>No statement allows it.</summary>
    ImplicitDeny,

    Allow,

    /// <summary>A statement denies it, whatever others allow.</summary>
    ExplicitDeny,
}

/// <summary>Whether a request may be done, and the statement that decided.</summary>
/// <param name="By">The statement's Sid, or its number from 1 on as <c>statement 2</c>; null: none decided.</param>
public readonly record struct Decision(Verdict Verdict, string? By)
{
    public bool IsAllowed => Verdict == Verdict.Allow;

    /// <summary>
    /// Decides as Amazon does: a deny anywhere wins; inside an account one allow is enough, of the caller's policies or
    /// of the resource's; between accounts both must allow.
    /// </summary>
    /// <param name="identityPolicies">
    /// Of the caller's key. None: the key is not bound by any, and may do all that its account may.
    /// </param>
    /// <param name="resourcePolicy">Null: the resource has none.</param>
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    public static Decision Of(AccessRequest request, IReadOnlyList<Policy> identityPolicies, Policy? resourcePolicy)
    {
        var resource = resourcePolicy?.Find(request) ?? default;
        if (resource.Deny is { } denied) return new Decision(Verdict.ExplicitDeny, denied);
        var identity = FindIdentity(request, identityPolicies);
        if (identity.Deny is { } forbidden) return new Decision(Verdict.ExplicitDeny, forbidden);
        var isOwn = request.Caller.Account == request.Owner;
        if (request.Caller.Account is null)
            return resource.Allow is { } open ? new Decision(Verdict.Allow, open) : default;
        if (!isOwn)
        {
            return identity.Allow is not null && resource.Allow is { } granted
                ? new Decision(Verdict.Allow, granted)
                : default;
        }

        // A statement for the account as a whole leaves it to the account which of its users may.
        var allow = identity.Allow ?? (resource.IsDirect ? resource.Allow : null);
        return allow is null ? default : new Decision(Verdict.Allow, allow.Length == 0 ? null : allow);
    }

    private static PolicyFindings FindIdentity(AccessRequest request, IReadOnlyList<Policy> policies)
    {
        if (policies.Count == 0) return new PolicyFindings(null, "", IsDirect: true);
        var found = default(PolicyFindings);
        foreach (var policy in policies)
        {
            var next = policy.Find(request);
            if (next.Deny is not null) return next;
            if (found.Allow is null) found = next;
        }

        return found;
    }
}
