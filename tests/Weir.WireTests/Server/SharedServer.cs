using System.Collections.Concurrent;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace Weir.WireTests.Server;

/// <summary>
/// One server and one set of clients for all tests that need no server of their own. Each test class works in an
/// account of its own with each client, so nothing that one does is seen by another.
/// </summary>
public sealed class SharedServer : IAsyncLifetime
{
    private readonly ConcurrentDictionary<Connection, SqsClient> _clients = new();

    public WeirServer Weir { get; private set; } = null!;

    public ClientProcesses Processes { get; } = new();

    public async ValueTask InitializeAsync() => Weir = await WeirServer.StartAsync();

    /// <summary>A client in the account of a test class; each kind of client of a class has its own.</summary>
    public SqsClient Client(string kind, object test, string region = "us-east-1") =>
        Client(kind, Account.Of(test.GetType().Name, kind), region);

    /// <summary>A client in a named account, for tests in which several clients meet.</summary>
    public SqsClient Client(string kind, string account, string region = "us-east-1") =>
        _clients.GetOrAdd(
            new Connection(kind, Weir.Url, account, "any secret", region),
            connection => ClientKinds.Connect(connection, Processes));

    public async ValueTask DisposeAsync()
    {
        await Processes.DisposeAsync();
        await Weir.DisposeAsync();
    }
}
