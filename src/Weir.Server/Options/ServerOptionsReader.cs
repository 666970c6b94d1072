using System.Net;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws;

namespace Weir.Server.Options;

/// <summary>Makes options from configuration, or says everything that is wrong with it.</summary>
internal static class ServerOptionsReader
{
    public const string SectionName = "Weir";

    /// <summary>Queues or tenants that are told apart at most: each has a few dozen values.</summary>
    private const int ItemsMax = 100_000;

    public static (ServerOptions Options, IReadOnlyList<string> Problems) Read(IConfiguration configuration)
    {
        var reader = new OptionReader(configuration.GetSection(SectionName));
        var standard = new ServerOptions();
        var options = new ServerOptions
        {
            Host = reader.Text(nameof(ServerOptions.Host), standard.Host),
            Port = reader.Integer(nameof(ServerOptions.Port), standard.Port, 0, ushort.MaxValue),
            Data = reader.Text(nameof(ServerOptions.Data), standard.Data),
            KeyFile = reader.Text(nameof(ServerOptions.KeyFile), "") is { Length: > 0 } file ? file : null,
            TlsCertificate = reader.Text(nameof(ServerOptions.TlsCertificate), "") is { Length: > 0 } pem ? pem : null,
            TlsKey = reader.Text(nameof(ServerOptions.TlsKey), "") is { Length: > 0 } key ? key : null,
            Insecure = reader.Flag(nameof(ServerOptions.Insecure)),
            Region = reader.Text(nameof(ServerOptions.Region), standard.Region),
            PublicUrl = ReadUrl(reader),
            Keys = ReadKeys(reader),
            OidcIssuer = ReadIssuer(reader),
            OidcAudience = reader.Text(nameof(ServerOptions.OidcAudience), "") is { Length: > 0 } whom ? whom : null,
            OidcAdminClaim = reader.Text(nameof(ServerOptions.OidcAdminClaim), standard.OidcAdminClaim),
            PushAllowPrivate = reader.Text(nameof(ServerOptions.PushAllowPrivate), "").Split(
                ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            DiskReserveBytes = reader.Number(
                nameof(ServerOptions.DiskReserveBytes), standard.DiskReserveBytes, 0, long.MaxValue),
            BodiesBytesMax = reader.Number(
                nameof(ServerOptions.BodiesBytesMax), standard.BodiesBytesMax, 1 << 20, 1L << 40),
            RequestBytesMax = reader.Integer(
                nameof(ServerOptions.RequestBytesMax), standard.RequestBytesMax, 1 << 10, 1 << 30),
            HeaderBytesMax = reader.Integer(
                nameof(ServerOptions.HeaderBytesMax), standard.HeaderBytesMax, 4 << 10, 1 << 20),
            ConnectionsMax = reader.Integer(
                nameof(ServerOptions.ConnectionsMax), standard.ConnectionsMax, 1, 1_000_000),
            KeepAliveSeconds = reader.Integer(
                nameof(ServerOptions.KeepAliveSeconds), standard.KeepAliveSeconds, 1, 3_600),
            ShutdownSeconds = reader.Integer(nameof(ServerOptions.ShutdownSeconds), standard.ShutdownSeconds, 1, 600),
            Topology = reader.Text(nameof(ServerOptions.Topology), "") is { Length: > 0 } topology ? topology : null,
            LogFormat = reader.OneOf(nameof(ServerOptions.LogFormat), "text", "json"),
        };
        options = ReadFigures(reader, configuration, options);
        Check(options, reader);
        reader.RefuseUnknown();
        return (options, reader.Problems);
    }

    private static ServerOptions ReadFigures(OptionReader reader, IConfiguration all, ServerOptions options)
    {
        var (metrics, telemetry) = (reader.Below("Metrics"), reader.Below("Telemetry"));
        options = options with
        {
            MetricsQueuesMax = metrics.Integer("QueuesMax", options.MetricsQueuesMax, 1, ItemsMax),
            MetricsTenantsMax = metrics.Integer("TenantsMax", options.MetricsTenantsMax, 1, ItemsMax),
            Telemetry = TelemetryOptionsReader.Read(telemetry, all),
        };
        metrics.RefuseUnknown();
        telemetry.RefuseUnknown();
        return options;
    }

    private static void Check(ServerOptions options, OptionReader reader)
    {
        if (options.Host is not ("localhost" or "*") && !IPAddress.TryParse(options.Host, out _))
            reader.Complain(nameof(options.Host), options.Host, "give an IP address, localhost, or * for all of them");
        if (options is { TlsKey: { } key, TlsCertificate: null })
            reader.Complain(nameof(options.TlsKey), key, "give its TlsCertificate, too");
        if (options is { OidcIssuer: { } issuer, OidcAudience: null })
            reader.Complain(nameof(options.OidcIssuer), $"{issuer}", "give the OidcAudience of its tokens, too");
        if (options is { OidcIssuer: null, OidcAudience: { } whom })
            reader.Complain(nameof(options.OidcAudience), whom, "give the OidcIssuer that issues the tokens, too");
        if (options.OidcAdminClaim.IndexOf('=', StringComparison.Ordinal) < 1 || options.OidcAdminClaim.EndsWith('='))
            reader.Complain(nameof(options.OidcAdminClaim), options.OidcAdminClaim, "give name=value");
        if (string.IsNullOrWhiteSpace(options.Data))
            reader.Complain(nameof(options.Data), options.Data, "give a directory");
        if (!AwsOptions.IsRegion(options.Region))
            reader.Complain(nameof(options.Region), options.Region, "give a name such as us-east-1");
    }

    private static Uri? ReadUrl(OptionReader reader)
    {
        var text = reader.Text(nameof(ServerOptions.PublicUrl), "");
        if (text.Length == 0) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url.PathAndQuery == "/")
            return url;
        reader.Complain(nameof(ServerOptions.PublicUrl), text, "give a base such as https://weir.example.org:4566");
        return null;
    }

    private static Uri? ReadIssuer(OptionReader reader)
    {
        var text = reader.Text(nameof(ServerOptions.OidcIssuer), "");
        if (text.Length == 0) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Query.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            return url;
        reader.Complain(
            nameof(ServerOptions.OidcIssuer), text, "give an https URL such as https://login.example.org/realm");
        return null;
    }

    private static Dictionary<string, AccessKey> ReadKeys(OptionReader reader)
    {
        var keys = new Dictionary<string, AccessKey>(StringComparer.Ordinal);
        foreach (var key in reader.Sections(nameof(ServerOptions.Keys)))
        {
            var secret = key["Secret"] ?? "";
            var account = key["Account"] ?? "";
            if (secret.Length == 0) reader.Problems.Add($"{key.Path}:Secret is missing: give what the key signs with.");
            if (!AccessKey.IsAccount(account))
                reader.Problems.Add($"{key.Path}:Account is '{account}': give 12 digits.");
            var isAdmin = false;
            if (key["Admin"] is { } admin && !bool.TryParse(admin, out isAdmin))
                reader.Problems.Add($"{key.Path}:Admin is '{admin}': give true or false.");
            keys[key.Key] = new AccessKey(key.Key, secret, account) { IsAdmin = isAdmin };
        }

        return keys;
    }
}
