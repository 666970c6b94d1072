using Weir.Engine.Definitions;

namespace Weir.Broker.Pipes;

/// <summary>What names a pipe. Equality is ordinal and case-sensitive.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Name">1 to 64 of <c>A-Z a-z 0-9 . - _</c>.</param>
public sealed record PipeName(string Account, string Region, string Name)
{
    /// <summary>The kind of the scope that holds the pipes of an account in a region, each under its name.</summary>
    internal const string ScopeKind = "pipes";

    internal ScopeName Scope => ScopeOf(Account, Region);

    internal static ScopeName ScopeOf(string account, string region) => new(ScopeKind, account, region, "");

    public override string ToString() => $"{Account}/{Region}/{Name}";
}
