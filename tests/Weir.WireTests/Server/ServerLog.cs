using System.Text.RegularExpressions;

namespace Weir.WireTests.Server;

/// <summary>
/// What the server process wrote, whole. A fault in it fails the test run even when every answer was right: no request
/// that a client can make may end in an exception.
/// </summary>
public sealed partial class ServerLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private int _forgiven;

    public void Add(string? line)
    {
        if (line is null) return;
        lock (_lock) _lines.Add(line);
    }

    public IReadOnlyList<string> Lines()
    {
        lock (_lock) return [.. _lines];
    }

    /// <summary>The lines that tell of a fault: errors, critical ones, exceptions and their stacks.</summary>
    public IReadOnlyList<string> Faults() => FaultsIn(Lines().Skip(_forgiven));

    /// <summary>The faults so far were the test's doing.</summary>
    public void Forgive() => _forgiven = Lines().Count;

    /// <summary>For the time of one test: no fault may be added, whoever causes it.</summary>
    public IDisposable Watch() => new Watcher(this);

    public static IReadOnlyList<string> FaultsIn(IEnumerable<string> lines) =>
        [.. lines.Where(line => Fault().IsMatch(line))];

    public string Tail(int lines = 40) => string.Join('\n', Lines().TakeLast(lines));

    private sealed class Watcher(ServerLog log) : IDisposable
    {
        private readonly int _before = log.Faults().Count;

        public void Dispose()
        {
            string[] faults = [.. log.Faults().Skip(_before)];
            Assert.True(faults.Length == 0, $"The server logged {faults.Length} faults:\n{string.Join('\n', faults)}");
        }
    }

    [GeneratedRegex(@"^(\S+ )*(fail|crit)(:| )|Unhandled exception|\w+Exception\b|^\s+at [\w.`<>+]+\(")]
    private static partial Regex Fault();
}
