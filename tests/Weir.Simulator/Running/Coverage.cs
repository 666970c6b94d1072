namespace Weir.Simulator;

// How often it happened, what a simulation is for. A batch in which something never happens proves little.
internal sealed class Coverage
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public static readonly string[] Required =
    [
        "acknowledged", "checkpoints", "checkpoints between commands", "clean stops", "compactions", "crash images",
        "damaged images", "damaged images refused", "dead letters", "deduplicated", "failed syncs", "failed writes",
        "hangups", "kills", "limits met", "long polls served", "moves", "power losses", "recycled segments",
        "refused for space", "relocated bytes", "repeated receives", "runs loaded", "runs stored", "torn writes",
        "unknown outcomes",
    ];

    public static readonly string[] RequiredOfFlows =
    [
        "acknowledged", "clean stops", "dead letters", "failed writes and syncs", "fired", "fired late", "kills",
        "pipes put", "pipes started", "pipes stopped", "power losses", "received of pipes", "schedules put",
    ];

    public long this[string name] => _counts.GetValueOrDefault(name);

    public IEnumerable<string> MissingOf(bool isFlow) =>
        (isFlow ? RequiredOfFlows : Required).Where(name => this[name] == 0);

    public void Count(string name, long count = 1)
    {
        if (count > 0) _counts[name] = this[name] + count;
    }

    public void Add(Coverage other)
    {
        foreach (var (name, count) in other._counts) Count(name, count);
    }

    public override string ToString() =>
        string.Join('\n', _counts.Select(count => $"  {count.Key,-28} {count.Value,14:N0}"));
}
