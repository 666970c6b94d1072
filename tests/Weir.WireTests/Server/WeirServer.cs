using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace Weir.WireTests.Server;

/// <summary>
/// The built server program as a process of its own, on a free port and a data directory of its own. It can be
/// stopped as an operator stops it, killed as the kernel kills it, and started again on the same data.
/// </summary>
public sealed class WeirServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly HttpClient _health = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Func<string, IReadOnlyDictionary<string, string>>? _environment;
    private Process _process = new();

    private WeirServer(Func<string, IReadOnlyDictionary<string, string>>? environment, string? data)
    {
        _environment = environment;
        Port = FreePort();
        Url = new Uri($"http://127.0.0.1:{Port}");
        Data = data ?? Directory.CreateTempSubdirectory("weir-wire-").FullName;
    }

    /// <summary>The program, which is the command line as well.</summary>
    public static string ProgramPath
    {
        get
        {
            var path = typeof(WeirServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .First(metadata => metadata.Key == "ServerProgram").Value!;
            return File.Exists(path)
                ? path
                : throw new InvalidOperationException("The server is not built: build Weir.slnx, then run the tests.");
        }
    }

    public int Port { get; }

    public Uri Url { get; }

    public string Data { get; }

    public ServerLog Log { get; } = new();

    /// <summary>The process now serving: another one after each start.</summary>
    public int ProcessId => _process.Id;

    public static Task<WeirServer> StartAsync(IReadOnlyDictionary<string, string> environment) =>
        StartAsync(_ => environment);

    /// <param name="environment">Asked before each start: the variables for a server on this data directory.</param>
    /// <param name="data">An existing data directory, which goes when the server does; null: a new one.</param>
    public static async Task<WeirServer> StartAsync(
        Func<string, IReadOnlyDictionary<string, string>>? environment = null, string? data = null)
    {
        var server = new WeirServer(environment, data);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Waits for the server to end by itself.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Starts the program and returns when it says that it is ready; the time that took.</summary>
    public async Task<TimeSpan> StartAgainAsync()
    {
        var started = Stopwatch.StartNew();
        _process.Dispose();
        _process = Process.Start(Program()) ?? throw new InvalidOperationException("The server did not start.");
        _process.OutputDataReceived += (_, line) => Log.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Log.Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await IsReadyAsync())
        {
            if (_process.HasExited)
                throw Failure($"The server ended with exit code {_process.ExitCode} instead of becoming ready.");
            if (started.Elapsed > StartLimit) throw Failure($"The server was not ready within {StartLimit}.");
            await pause.WaitForNextTickAsync();
        }
        return started.Elapsed;
    }

    /// <summary>Power cut for one process: SIGKILL, which no handler sees.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the orderly end that it asks for.</summary>
    public async Task StopAsync()
    {
        Signal.SendTerminate(_process.Id);
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw Failure($"The server did not end within {StopLimit} of SIGTERM.");
        }
        if (_process.ExitCode != 0) throw Failure($"The server ended with exit code {_process.ExitCode} on SIGTERM.");
    }

    public void AssertNothingFailed()
    {
        var faults = Log.Faults();
        Assert.True(faults.Count == 0, $"The server logged {faults.Count} faults:\n{string.Join('\n', faults)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
        _health.Dispose();
        Directory.Delete(Data, recursive: true);
        AssertNothingFailed();
    }

    private ProcessStartInfo Program()
    {
        var program = new ProcessStartInfo(ProgramPath, ["serve", "--port", $"{Port}", "--data", Data])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Data,
        };
        foreach (var (name, value) in _environment?.Invoke(Data) ?? new Dictionary<string, string>())
            program.Environment[name] = value;
        return program;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _health.GetAsync(new Uri(Url, "/_weir/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private InvalidOperationException Failure(string what) => new($"{what} It wrote:\n{Log.Tail()}");

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
