namespace Weir.Broker.Access;

/// <summary>For whom a statement is, or for whom it is not.</summary>
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
internal sealed class PrincipalSet
{
    /// <summary>True for NotPrincipal: everybody else, of the accounts named only whom they do not cover.</summary>
    public required bool IsAllBut { get; init; }

    /// <summary>Whoever asks, those too who sign nothing.</summary>
    public required bool IsEverybody { get; init; }

    /// <summary>Accounts as a whole.</summary>
    public required IReadOnlySet<string> Accounts { get; init; }

    public required IReadOnlySet<(string Account, string User)> Users { get; init; }

    public required IReadOnlySet<string> Services { get; init; }

    /// <param name="isDirect">False: only the caller's account is named, which then says who of it may.</param>
    public bool Has(AccessCaller caller, out bool isDirect)
    {
        if (IsAllBut)
        {
            isDirect = true;
            return !IsNamed(caller, out _);
        }

        return IsNamed(caller, out isDirect);
    }

    private bool IsNamed(AccessCaller caller, out bool isDirect)
    {
        isDirect = true;
        if (IsEverybody) return true;
        if (caller.Service is { } service) return Services.Contains(service);
        if (caller.Account is not { } account) return false;
        if (caller.User is { } user && Users.Contains((account, user))) return true;
        isDirect = caller.User is null;
        return Accounts.Contains(account);
    }
}
