namespace Weir.Engine.Accounts;

/// <summary>How many definitions of a kind an account may have.</summary>
/// <param name="Slot">Where refusals for it are counted, see <see cref="AccountUse"/>.</param>
/// <param name="Kind">Of their scopes.</param>
/// <param name="IsNamed">False: those under an empty name count, one for each scope; true: all others.</param>
/// <param name="What">What they are, in the plural, for whoever is refused.</param>
public sealed record DefinitionLimit(int Slot, string Kind, bool IsNamed, long Max, string What);
