using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Weir.Benchmarks.Processes;

namespace Weir.Benchmarks.Peer;

/// <summary>
/// A RabbitMQ of this run alone: its own name, ports, data and port mapper, on loopback, gone afterwards. One that
/// the machine runs already is not touched.
/// </summary>
// https://www.rabbitmq.com/docs/configure#supported-environment-variables
internal sealed class RabbitNode : IAsyncDisposable
{
    /// <summary>The server of Debian's package itself; the one on the path insists on the service's user.</summary>
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _portMapper;
    private readonly ChildProcess _server;

    private RabbitNode(ChildProcess portMapper, ChildProcess server, int port) =>
        (_portMapper, _server, Port) = (portMapper, server, port);

    public static bool IsInstalled => File.Exists(Server);

    public int Port { get; }

    public static async Task<RabbitNode> StartAsync(string directory)
    {
        var port = FreePort.Find();
        var mapperPort = Text(FreePort.Find());
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = directory,
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = mapperPort,
            ["RABBITMQ_NODENAME"] = "weir-bench@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = Text(port),
            ["RABBITMQ_DIST_PORT"] = Text(FreePort.Find()),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(directory, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(directory, "log"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(directory, "none"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(directory, "none"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(directory, "plugins"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        };
        await File.WriteAllTextAsync(Path.Combine(directory, "plugins"), "[].");
        var log = Path.Combine(directory, "output");
        var mapper = ChildProcess.Start("epmd", ["-port", mapperPort, "-address", "127.0.0.1"], environment, log);
        var node = new RabbitNode(mapper, ChildProcess.Start(Server, [], environment, log), port);
        try
        {
            await node.UntilListeningAsync(log);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _portMapper.DisposeAsync();
    }

    private async Task UntilListeningAsync(string log)
    {
        using var limit = new CancellationTokenSource(StartMax);
        while (true)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, Port, limit.Token);
                return;
            }
            catch (SocketException) when (!_server.HasExited)
            {
                await Task.Delay(100, limit.Token);
            }
            catch (SocketException)
            {
                throw new InvalidOperationException($"RabbitMQ did not start: {await File.ReadAllTextAsync(log)}");
            }
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
