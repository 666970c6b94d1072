using Weir.WireTests.Clients;

namespace Weir.WireTests.Server;

/// <summary>A server that knows two keys of two accounts, and verifies signatures because of that.</summary>
public sealed class KeyedServer : IAsyncLifetime
{
    public const string Key = "AKIAWEIRTESTS0000001";
    public const string Secret = "secret/of+the first=key";
    public const string Account = "111122223333";
    public const string OtherKey = "AKIAWEIRTESTS0000002";
    public const string OtherSecret = "secretOfTheOtherKey";

    private readonly ClientProcesses _processes = new();

    public WeirServer Weir { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Weir = await WeirServer.StartAsync(new Dictionary<string, string>
    {
        [$"WEIR__KEYS__{Key}__SECRET"] = Secret,
        [$"WEIR__KEYS__{Key}__ACCOUNT"] = Account,
        [$"WEIR__KEYS__{OtherKey}__SECRET"] = OtherSecret,
        [$"WEIR__KEYS__{OtherKey}__ACCOUNT"] = "444455556666",
    });

    public SqsClient Client(string kind, string key, string secret) =>
        ClientKinds.Connect(new Connection(kind, Weir.Url, key, secret, "us-east-1"), _processes);

    public async ValueTask DisposeAsync()
    {
        await _processes.DisposeAsync();
        await Weir.DisposeAsync();
    }
}
