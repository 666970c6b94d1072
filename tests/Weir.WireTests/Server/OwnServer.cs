using Weir.WireTests.Clients;

namespace Weir.WireTests.Server;

/// <summary>A server for one test class, which may stop it.</summary>
public sealed class OwnServer : IAsyncLifetime
{
    private readonly ClientProcesses _processes = new();

    public WeirServer Weir { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Weir = await WeirServer.StartAsync();

    public SqsClient Client(string kind, string account) =>
        ClientKinds.Connect(new Connection(kind, Weir.Url, account, "any secret", "us-east-1"), _processes);

    public async ValueTask DisposeAsync()
    {
        await _processes.DisposeAsync();
        await Weir.DisposeAsync();
    }
}
