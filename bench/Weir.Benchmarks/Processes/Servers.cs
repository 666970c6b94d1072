using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Weir.Benchmarks.Hosts;
using Weir.Benchmarks.Http;

namespace Weir.Benchmarks.Processes;

/// <summary>Starts the two servers that are compared.</summary>
internal sealed class Servers(string logDirectory)
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(120);

    public async Task<ServerProcess> StartEchoAsync()
    {
        var port = FreePort.Find();
        var program = Environment.ProcessPath!;
        string[] arguments = [EchoHost.Argument, port.ToString(CultureInfo.InvariantCulture)];
        var server = new ServerProcess(ChildProcess.Start(program, arguments, [], Log("echo")), port);
        await FirstAnswerAsync(server);
        return server;
    }

    /// <param name="command">The weir binary, or the script that starts it.</param>
    public async Task<(ServerProcess Server, TimeSpan Start)> StartWeirAsync(string command, string dataDirectory)
    {
        var port = FreePort.Find();
        string[] arguments =
            ["serve", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", dataDirectory];
        var clock = Stopwatch.StartNew();
        var server = new ServerProcess(ChildProcess.Start(command, arguments, [], Log("weir")), port);
        try
        {
            await FirstAnswerAsync(server);
            return (server, clock.Elapsed);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private string Log(string name) => Path.Combine(logDirectory, name + ".log");

    /// <summary>Asks until an answer is a success: a connection that is refused and a 503 are asked again.</summary>
    private static async Task FirstAnswerAsync(ServerProcess server)
    {
        var request = server.Requests.ListQueues();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var connection = await HttpConnection.OpenAsync(server.Port);
                if ((await connection.SendAsync(request)).Status == 200) return;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
            }

            if (server.Process.HasExited || clock.Elapsed > StartMax)
                throw new InvalidOperationException("A server did not start; the logs say why.");
            await Task.Delay(1);
        }
    }
}
