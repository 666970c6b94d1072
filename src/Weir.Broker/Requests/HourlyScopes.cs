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

    /// <summary>Scopes that one call removes at most.</summary>
    private const int SweptMax = 100;

    private readonly Lock _lock = new();
    private SortedDictionary<long, HashSet<ScopeName>>? _index;

    /// <summary>The scopes that there are by their hours, so that the old ones are found without looking at all. Only
    /// this makes scopes of its kind; what is there at the start is read once. Guarded by the lock.</summary>
    private SortedDictionary<long, HashSet<ScopeName>> Index => _index ??= ReadIndex();

    private long Hour => broker.Time.GetUtcNow().ToUnixTimeSeconds() / SecondsPerHour;

    /// <summary>The scope for what is made now, and the one that an hour ago was for the same.</summary>
    public (ScopeName Now, ScopeName Before) ScopesOf(string account, string region, string name)
    {
        var hour = Hour;
        var now = Scope(account, region, name, hour);
        Note([now]);
        return (now, Scope(account, region, name, hour - 1));
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

    /// <summary>Removes what is too old, whoever it belongs to: more than a call adds, and no more than one commit
    /// takes. To be called before something is made.</summary>
    public async ValueTask SweepAsync()
    {
        var old = TakeOld(Hour - HoursKept);
        if (old.Count == 0) return;
        var outcome = await broker.ExecuteAsync(new DefineCommand(
            [.. old.Select(scope => new DefinitionChange { Scope = scope })])).ConfigureAwait(false);
        if (!outcome.IsOk) Note(old);
    }

    private List<ScopeName> TakeOld(long before)
    {
        lock (_lock)
        {
            var old = new List<ScopeName>();
            while (Index.Count > 0 && old.Count < SweptMax)
            {
                var (hour, scopes) = Index.First();
                if (hour >= before) break;
                var taken = scopes.Take(SweptMax - old.Count).ToArray();
                old.AddRange(taken);
                scopes.ExceptWith(taken);
                if (scopes.Count == 0) Index.Remove(hour);
            }

            return old;
        }
    }

    private void Note(IEnumerable<ScopeName> scopes)
    {
        lock (_lock)
        {
            foreach (var scope in scopes) Add(Index, scope);
        }
    }

    private SortedDictionary<long, HashSet<ScopeName>> ReadIndex()
    {
        var index = new SortedDictionary<long, HashSet<ScopeName>>();
        foreach (var scope in broker.Definitions.Scopes)
        {
            if (scope.Name.Kind == kind) Add(index, scope.Name);
        }

        return index;
    }

    private static void Add(SortedDictionary<long, HashSet<ScopeName>> index, ScopeName scope)
    {
        var hour = HourOf(scope);
        if (!index.TryGetValue(hour, out var scopes)) index.Add(hour, scopes = []);
        scopes.Add(scope);
    }

    private ScopeName Scope(string account, string region, string name, long hour) =>
        new(kind, account, region, $"{name}#{hour}");

    private static long HourOf(ScopeName name) =>
        long.TryParse(name.Name.AsSpan(name.Name.LastIndexOf('#') + 1), out var hour) ? hour : long.MaxValue;
}
