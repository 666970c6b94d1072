namespace Weir.WireTests.Clients;

/// <summary>The clients that live in other languages' processes, started when first needed.</summary>
public sealed class ClientProcesses : IAsyncDisposable
{
    private readonly Lazy<DriverProcess> _python = new(() => DriverProcess.Start(Programs.Python, "python/driver.py"));
    private readonly Lazy<DriverProcess> _node = new(() => DriverProcess.Start(Programs.Node, "js/driver.mjs"));

    public DriverProcess Python => _python.Value;

    public DriverProcess Node => _node.Value;

    public async ValueTask DisposeAsync()
    {
        if (_python.IsValueCreated) await Python.DisposeAsync();
        if (_node.IsValueCreated) await Node.DisposeAsync();
    }
}
