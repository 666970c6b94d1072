using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker;
using Weir.Journal;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws;

namespace Weir.Benchmarks.Hosts;

/// <summary>
/// Weir's Amazon endpoint over a real broker and disk, within this process, whose allocations can be read.
/// </summary>
internal sealed class BrokerHost : IAsyncDisposable
{
    public const string Argument = "broker";

    private readonly Broker.Broker _broker;
    private readonly WebApplication _app;

    private BrokerHost(Broker.Broker broker, WebApplication app) => (_broker, _app) = (broker, app);

    public static async Task<BrokerHost> StartAsync(int port, string directory)
    {
        var broker = new Broker.Broker(
            new BrokerOptions { Journal = new JournalOptions { Directory = directory } },
            TimeProvider.System, IdSource.System, new FileDisk(), NullLogger<Broker.Broker>.Instance);
        var options = new AwsOptions();
        var endpoint = new AwsEndpoint(
            broker, options, new Authenticator(options, new KeyRing(options.Keys), TimeProvider.System),
            NullLogger<AwsEndpoint>.Instance);
        return new BrokerHost(broker, await KestrelHost.StartAsync(port, endpoint.HandleAsync));
    }

    public static async Task<int> RunAsync(string port, string directory)
    {
        await using var host = await StartAsync(int.Parse(port, CultureInfo.InvariantCulture), directory);
        await HostLife.UntilEndAsync(host._app);
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_app.StopAsync(), _broker.DisposeAsync().AsTask());
        await _app.DisposeAsync();
    }
}
