using Weir.Engine.Definitions;

namespace Weir.Broker.Schedules;

/// <summary>What names a group of schedules. Equality is ordinal and case-sensitive.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Name">1 to 64 of <c>A-Z a-z 0-9 . - _</c>.</param>
public sealed record ScheduleGroupName(string Account, string Region, string Name)
{
    /// <summary>The group that every account has in every region, whether or not anything of it is stored.</summary>
    public const string Default = "default";

    /// <summary>The kind of the scopes that hold a group and its schedules.</summary>
    internal const string ScopeKind = "schedules";

    public bool IsDefault => Name == Default;

    internal ScopeName Scope => new(ScopeKind, Account, Region, Name);

    /// <summary>Where it is kept when the group's schedules are due next.</summary>
    internal ScopeName DueScope => new(DueState.ScheduleKind, Account, Region, Name);

    internal static ScheduleGroupName Of(ScopeName scope) => new(scope.Account, scope.Region, scope.Name);

    public override string ToString() => $"{Account}/{Region}/{Name}";
}
