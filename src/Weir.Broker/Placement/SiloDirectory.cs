using Weir.Journal;

namespace Weir.Broker.Placement;

/// <summary>Where the silos of a data directory lie: <c>silos/ACCOUNT</c>, each like a data directory of its own.
/// </summary>
internal sealed class SiloDirectory(IDisk disk, string dataDirectory)
{
    public string Of(string account) => Path.Combine(dataDirectory, "silos", account);

    /// <summary>Makes the directory, durably, if it is not there.</summary>
    public void Create(string account)
    {
        var silos = Path.Combine(dataDirectory, "silos");
        disk.CreateDirectory(silos);
        disk.SyncDirectory(dataDirectory);
        disk.CreateDirectory(Of(account));
        disk.SyncDirectory(silos);
    }

    /// <summary>True when a log or a checkpoint is in it.</summary>
    public bool HasData(string account)
    {
        disk.CreateDirectory(Of(account));
        return Files(account).Any();
    }

    /// <summary>Deletes what is in it. Nobody may have it open.</summary>
    public void Clear(string account)
    {
        disk.CreateDirectory(Of(account));
        foreach (var name in Files(account).ToArray()) disk.Delete(Path.Combine(Of(account), name));
        disk.SyncDirectory(Of(account));
    }

    private IEnumerable<string> Files(string account) =>
        disk.List(Of(account)).Where(name => name != Journal.Journal.LockFileName);
}
