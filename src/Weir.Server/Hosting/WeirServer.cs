using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Weir.Broker;
using Weir.Broker.Archives;
using Weir.Broker.Audit;
using Weir.Broker.Delivery;
using Weir.Broker.Schedules;
using Weir.Broker.Tenants;
using Weir.Journal;
using Weir.Protocols.Aws;
using Weir.Protocols.Rest;
using Weir.Server.Health;
using Weir.Server.Options;
using Weir.Server.Telemetry;

namespace Weir.Server.Hosting;

/// <summary>
/// The composition root: one broker behind one HTTP server. The data directory is opened while the HTTP server starts;
/// until it is open, requests are told to come again.
/// </summary>
internal sealed class WeirServer : IAsyncDisposable
{
    private readonly ServerOptions _options;
    private readonly Readiness _readiness;
    private readonly WebApplication _app;
    private readonly Broker.Broker _broker;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _log;
    private OidcTokens? _tokens;

    /// <summary>What works in the background, in the order in which it is ended.</summary>
    private readonly List<IAsyncDisposable> _background = [];

    private bool _isDisposed;

    private WeirServer(
        ServerOptions options, Readiness readiness, WebApplication app, Broker.Broker broker, ILoggerFactory logs)
    {
        (_options, _readiness, _app, _broker, _logs) = (options, readiness, app, broker, logs);
        _log = logs.CreateLogger<WeirServer>();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Endpoint = ListenAddress.Endpoint(options, addresses.Addresses.First());
    }

    /// <summary>Where clients on this machine reach the server.</summary>
    public string Endpoint { get; }

    /// <summary>The access keys that count.</summary>
    public required KeyRing Keys { get; init; }

    /// <summary>The admin key that this start made, to be shown now or never; null when it made none.</summary>
    public AccessKey? FirstKey { get; private init; }

    /// <summary>Secrets that this start's topology made, to be shown now or never.</summary>
    public IReadOnlyList<string> NewSecrets { get; private set; } = [];

    public string DataDirectory => Path.GetFullPath(_options.Data);

    /// <summary>Completes when the disk failed: nothing is acknowledged any more.</summary>
    public Task Failed => _broker.Failed;

    public BrokerFigures Figures => _broker.Figures;

    public static async Task<WeirServer> StartAsync(ServerOptions options, TimeProvider time, IDisk disk)
    {
        var readiness = new Readiness();
        var logs = LoggerFactory.Create(logging => ServerLogging.Configure(logging, options));
        var tls = TlsCertificate.Open(options, time, logs.CreateLogger<TlsCertificate>());
        var opening = Task.Run(() => OpenBrokerAsync(options, time, disk, logs));
        var app = BuildApplication(options, readiness, tls, logs);
        WeirServer? server = null;
        try
        {
            await app.StartAsync();
            var broker = await opening;
            var aws = AwsOptionsOf(options);
            var ring = new KeyRing(broker, options.Keys, logs.CreateLogger<KeyRing>());
            var firstKey = await Hosting.FirstKey.MakeAsync(broker, ring, options, logs.CreateLogger<AuditLog>());
            var signatures = new Authenticator(aws, ring, time);
            var endpoint = new AwsEndpoint(broker, aws, signatures, logs.CreateLogger<AwsEndpoint>());
            var push = new PushDispatcher(
                broker, new PushOptions { AllowLoopback = options.IsLoopback, AllowPrivate = options.PushAllowPrivate },
                time, IdSource.System, logs.CreateLogger<PushDispatcher>());
            var replays = new ReplayDispatcher(broker, logs.CreateLogger<ReplayDispatcher>());
            server = new WeirServer(options, readiness, app, broker, logs) { Keys = ring, FirstKey = firstKey };
            if (tls is not null) server._background.Add(tls);
            var telemetry = new ServerTelemetry(options, broker, endpoint.Admission, push);
            server._background.Add(telemetry);
            var baseUrl = options.PublicUrl?.AbsoluteUri ?? server.Endpoint;
            endpoint.StartPush(push, baseUrl);
            endpoint.StartReplays(replays);
            var clock = new ScheduleClock(broker, logs.CreateLogger<ScheduleClock>());
            endpoint.StartSchedules(clock);
            server._background.AddRange([endpoint.StartPipes(push, baseUrl), push, replays, clock]);
            var tokens = OidcTokens.Open(options, time, logs.CreateLogger<OidcTokens>());
            server._tokens = tokens;
            var rest = new RestEndpoint(broker, endpoint, aws, signatures, logs.CreateLogger<RestEndpoint>())
            {
                AdminTokens = tokens,
            };
            rest.StartWebhooks(push);
            server.NewSecrets = await TopologyFile.ApplyAsync(rest, options);
            readiness.Ready(endpoint, rest, ring, () => broker.Figures, telemetry.Survey);
            return server;
        }
        catch when (server is not null)
        {
            // What works in the background already ends before the broker that it works on.
            await server.DisposeAsync();
            throw;
        }
        catch
        {
            await app.DisposeAsync();
            await CloseAsync(opening);
            if (tls is not null) await tls.DisposeAsync();
            logs.Dispose();
            throw;
        }
    }

    /// <summary>Runs until the token asks for a stop or the disk fails, stops, and gives the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (!_options.IsLoopback && Keys.IsOpen) ServerLog.TakesAnybody(_log, _options.Host);
        var stopped = new TaskCompletionSource();
        await using (stop.UnsafeRegister(static source => ((TaskCompletionSource)source!).TrySetResult(), stopped))
            await Task.WhenAny(stopped.Task, _broker.Failed);

        if (_broker.Failed.IsCompleted) _readiness.Failed();
        else ServerLog.Stopping(_log);
        await DisposeAsync();
        return _broker.Failed.IsCompleted ? ExitCodes.DiskFailed : ExitCodes.Done;
    }

    /// <summary>
    /// Stops accepting, lets the broker answer what waits (long polls end at once), writes a checkpoint, closes the
    /// log.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (_readiness.Reason is null) _readiness.Stopping();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.ShutdownSeconds));
        try
        {
            foreach (var worker in _background) await worker.DisposeAsync();

            // Both at once: the HTTP server waits for requests that only the broker's stop can answer.
            await Task.WhenAll(_app.StopAsync(limit.Token), _broker.DisposeAsync().AsTask());
            if (!_broker.Failed.IsCompleted) ServerLog.Stopped(_log);
        }
        catch (Exception failure)
        {
            ServerLog.StopFailed(_log, failure);
        }

        await _app.DisposeAsync();
        _tokens?.Dispose();
        _logs.Dispose();
    }

    private static WebApplication BuildApplication(
        ServerOptions options, Readiness readiness, TlsCertificate? tls, ILoggerFactory logs)
    {
        // The empty builder brings no configuration, routing or logging of its own, which halves the start.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => ListenAddress.Configure(kestrel, options, tls));
        if (tls is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        var app = builder.Build();
        app.Run(new RequestRouter(readiness).HandleAsync);
        return app;
    }

    private static async Task<Broker.Broker> OpenBrokerAsync(
        ServerOptions options, TimeProvider time, IDisk disk, ILoggerFactory logs)
    {
        var broker = NewBroker(options, time, disk, logs);
        try
        {
            KeyFile.Unlock(broker.Secrets, options, disk);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    private static Broker.Broker NewBroker(
        ServerOptions options, TimeProvider time, IDisk disk, ILoggerFactory logs) => new(
        new BrokerOptions
        {
            Journal = new JournalOptions
            {
                Directory = Path.GetFullPath(options.Data),
                ReserveBytes = options.DiskReserveBytes,
            },
        },
        time,
        IdSource.System,
        disk,
        logs.CreateLogger<Broker.Broker>());

    private static AwsOptions AwsOptionsOf(ServerOptions options) => new()
    {
        Keys = options.Keys,
        Region = options.Region,
        PublicUrl = options.PublicUrl,
        RequestBytesMax = options.RequestBytesMax,
        BodiesBytesMax = options.BodiesBytesMax,
    };

    private static async Task CloseAsync(Task<Broker.Broker> opening)
    {
        try
        {
            await using var broker = await opening;
        }
        catch (Exception) when (opening.IsFaulted)
        {
            // It never opened, which is what is being reported already, or would be if nothing else had failed first.
        }
    }
}
