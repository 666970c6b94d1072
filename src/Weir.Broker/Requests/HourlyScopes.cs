using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Requests;

/// <summary>
/// Definitions that are kept for a day and then go by the hour, all of an hour at once: a scope is named after what it
/// is for and the hour in which its definitions were made.
/// </summary>
internal sealed class HourlyScopes(Broker broker, string kind)
{
    /// <summary>A definition is found for so many full hours.</summary>
    public const int HoursKept = 24;

    private const long SecondsPerHour = 3600;

    /// <summary>Scopes that one commit removes at most.</summary>
    private const int SweptMax = 1_000;

    private long _sweptHour;

    private long Hour => broker.Time.GetUtcNow().ToUnixTimeSeconds() / SecondsPerHour;

    /// <summary>The scope for what is made now, and the one that an hour ago was for the same.</summary>
    public (ScopeName Now, ScopeName Before) ScopesOf(string account, string region, string name)
    {
        var hour = Hour;
        return (Scope(account, region, name, hour), Scope(account, region, name, hour - 1));
    }

    public (ScopeName Scope, Definition Definition)? Find(
        DefinitionCatalog definitions, string account, string region, string name, string item)
    {
        var hour = Hour;
        for (var age = 0; age <= HoursKept; age++)
        {
            var scope = Scope(account, region, name, hour - age);
            if (definitions.Find(scope, item) is { } found) return (scope, found);
        }

        return null;
    }

    public int Count(DefinitionCatalog definitions, string account, string region, string name)
    {
        var (count, hour) = (0, Hour);
        for (var age = 0; age <= HoursKept; age++)
            count += definitions.Find(Scope(account, region, name, hour - age))?.Items.Count ?? 0;
        return count;
    }

    /// <summary>Removes what is too old, once in an hour and whoever it belongs to.</summary>
    public async ValueTask SweepAsync()
    {
        var hour = Hour;
        var swept = Interlocked.Exchange(ref _sweptHour, hour);
        if (swept == hour) return;
        var old = broker.Definitions.Scopes
            .Where(scope => scope.Name.Kind == kind && HourOf(scope.Name) < hour - HoursKept)
            .Take(SweptMax)
            .Select(scope => new DefinitionChange { Scope = scope.Name })
            .ToArray();
        if (old.Length > 0) await broker.ExecuteAsync(new DefineCommand(old)).ConfigureAwait(false);
    }

    private ScopeName Scope(string account, string region, string name, long hour) =>
        new(kind, account, region, $"{name}#{hour}");

    private static long HourOf(ScopeName name) =>
        long.TryParse(name.Name.AsSpan(name.Name.LastIndexOf('#') + 1), out var hour) ? hour : long.MaxValue;
}
