namespace Weir.Simulator;

// The names of one directory: as they are seen, as a power loss leaves them, and what lies between.
internal sealed class SimulatedDirectory
{
    // A rename is one change: it takes effect wholly or not at all.
    private sealed record Change(string? Removed, string? Added, SimulatedFile? File);

    private readonly List<Change> _unsynced = [];

    public Dictionary<string, SimulatedFile> Names { get; private init; } = [];

    private Dictionary<string, SimulatedFile> SyncedNames { get; init; } = [];

    public void Add(string name, SimulatedFile file) => Make(new Change(null, name, file));

    public void Remove(string name) => Make(new Change(name, null, null));

    public void Rename(string name, string newName) => Make(new Change(name, newName, Names[name]));

    public void Sync()
    {
        foreach (var change in _unsynced)
            Apply(SyncedNames, change);
        _unsynced.Clear();
    }

    public SimulatedDirectory AfterPowerLoss(Random random, double keep, int sectorBytes)
    {
        var names = new Dictionary<string, SimulatedFile>(SyncedNames);
        foreach (var change in _unsynced.Where(_ => random.NextDouble() < keep))
            Apply(names, change);
        var files = names.Values.Distinct()
            .ToDictionary(file => file, file => file.AfterPowerLoss(random, keep, sectorBytes));
        var after = names.ToDictionary(name => name.Key, name => files[name.Value]);
        return new SimulatedDirectory { Names = after, SyncedNames = new Dictionary<string, SimulatedFile>(after) };
    }

    private void Make(Change change)
    {
        _unsynced.Add(change);
        Apply(Names, change);
    }

    private static void Apply(Dictionary<string, SimulatedFile> names, Change change)
    {
        if (change.Removed is not null)
            names.Remove(change.Removed);
        if (change.Added is not null)
            names[change.Added] = change.File!;
    }
}
