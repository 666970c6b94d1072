using Weir.Engine.Definitions;

namespace Weir.Broker.Buses;

/// <summary>What names an event bus. Equality is ordinal and case-sensitive.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Name">1 to 256 of <c>A-Z a-z 0-9 . - _ /</c>.</param>
public sealed record BusName(string Account, string Region, string Name)
{
    /// <summary>The bus that every account has in every region, whether or not anything of it is stored.</summary>
    public const string Default = "default";

    /// <summary>The kind of the scopes that hold a bus and its rules.</summary>
    internal const string ScopeKind = "bus";

    public bool IsDefault => Name == Default;

    internal ScopeName Scope => new(ScopeKind, Account, Region, Name);

    internal static BusName Of(ScopeName scope) => new(scope.Account, scope.Region, scope.Name);

    public override string ToString() => $"{Account}/{Region}/{Name}";
}
