using System.CommandLine;
using Weir.Journal;
using Weir.Server.Hosting;
using Weir.Server.Options;

namespace Weir.Server.Cli;

/// <summary><c>weir serve</c>: runs a broker until it is told to stop.</summary>
internal static class ServeCommand
{
    private const string About = """
        Run a broker until SIGTERM or Ctrl-C.

        Options come from appsettings.json in the working directory (section Weir), from the environment
        (WEIR__PORT=4567) and from here; the later wins. Access keys come from weir key create, or as
        WEIR__KEYS__<id>__SECRET, WEIR__KEYS__<id>__ACCOUNT and WEIR__KEYS__<id>__ADMIN. A server that other machines
        can reach and that has none makes an admin key at its start and shows it once.

        Examples:
          weir serve
          weir serve --port 4567 --data /var/lib/weir
          weir serve --host 0.0.0.0
        """;

    private static readonly Option<string?> Host = new("--host")
    {
        Description = "The address to listen on: an IP address, localhost, or * for all. [default: 127.0.0.1]",
        HelpName = "address",
    };

    private static readonly Option<string?> Port = new("--port")
    {
        Description = "The port; 0 takes a free one. [default: 4566]",
        HelpName = "number",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "The data directory; created when missing. [default: ./weir-data]",
        HelpName = "directory",
    };

    private static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = "The key that secrets are encrypted with, base64 of 32 bytes. [default: weir.key in the data "
            + "directory, made at the first start]",
        HelpName = "file",
    };

    private static readonly Option<string?> TlsCertificate = new("--tls-certificate")
    {
        Description = "A PEM file with the server's certificate: then HTTPS only. Renewed files are taken up.",
        HelpName = "file",
    };

    private static readonly Option<string?> TlsKey = new("--tls-key")
    {
        Description = "The PEM file with its key. [default: the file of the certificate]",
        HelpName = "file",
    };

    private static readonly Option<bool> Insecure = new("--insecure")
    {
        Description = "Let other machines in without any access key.",
    };

    public static Command Build()
    {
        var command = new Command("serve", About) 
        {
            Host, Port, Data, KeyFile, TlsCertificate, TlsKey, Insecure,
        };
        command.SetAction(static (parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var options = ReadOptions(parsed);
        using var stop = new StopSignal();
        try
        {
#pragma warning disable RS0030 // The composition root: the one place that names the real clock.
            await using var server = await WeirServer.StartAsync(options, TimeProvider.System, new FileDisk());
#pragma warning restore RS0030
            await Console.Out.WriteLineAsync(ReadyMessage.Of(options, server));
            return await server.RunAsync(stop.Token);
        }
        catch (Exception failure) when (StartupError.From(failure, options) is { } error)
        {
            throw new CommandFailure(error.ExitCode, error.Message);
        }
    }

    private static ServerOptions ReadOptions(ParseResult parsed)
    {
        var given = new Dictionary<string, string?>();
        if (parsed.GetValue(Host) is { } host) given[nameof(ServerOptions.Host)] = host;
        if (parsed.GetValue(Port) is { } port) given[nameof(ServerOptions.Port)] = port;
        if (parsed.GetValue(Data) is { } data) given[nameof(ServerOptions.Data)] = data;
        if (parsed.GetValue(KeyFile) is { } keyFile) given[nameof(ServerOptions.KeyFile)] = keyFile;
        if (parsed.GetValue(TlsCertificate) is { } tls) given[nameof(ServerOptions.TlsCertificate)] = tls;
        if (parsed.GetValue(TlsKey) is { } tlsKey) given[nameof(ServerOptions.TlsKey)] = tlsKey;
        if (parsed.GetValue(Insecure)) given[nameof(ServerOptions.Insecure)] = bool.TrueString;
        try
        {
            var configuration = ServerConfiguration.Build(Environment.CurrentDirectory, given);
            var (options, problems) = ServerOptionsReader.Read(configuration);
            return problems.Count == 0
                ? options
                : throw new CommandFailure(ExitCodes.Usage, string.Join("\nweir: ", problems));
        }
        catch (InvalidDataException unreadable)
        {
            throw new CommandFailure(ExitCodes.Usage, $"{ServerConfiguration.FileName} cannot be read: "
                + (unreadable.InnerException?.Message ?? unreadable.Message));
        }
    }
}
