namespace Weir.Simulator;

// What happened, line by line: kept when somebody wants to read it, and always hashed, so that two runs of a seed can
// be compared.
internal sealed class Trace(bool isKept)
{
    private const ulong FnvPrime = 1099511628211;

    public ulong Hash { get; private set; } = 14695981039346656037;

    public List<string> Lines { get; } = [];

    public void Note(string line)
    {
        foreach (var character in line) Hash = (Hash ^ character) * FnvPrime;
        if (isKept) Lines.Add(line);
    }
}
