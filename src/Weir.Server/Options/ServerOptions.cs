using System.Net;
using Weir.Broker.Tenants;

namespace Weir.Server.Options;

/// <summary>
/// What a user sets, in the section <c>Weir</c> of appsettings.json (in the working directory), as
/// <c>WEIR__NAME</c> in the environment, or on the command line; the later of these wins.
/// </summary>
internal sealed record ServerOptions
{
    /// <summary>The address to listen on: an IP address, localhost, or * for all of them. Default 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port of all HTTP protocols, 0 to 65535; 0 takes a free one. Default 4566.</summary>
    public int Port { get; init; } = 4566;

    /// <summary>The data directory; created when missing. Default ./weir-data.</summary>
    public string Data { get; init; } = "./weir-data";

    /// <summary>
    /// The file with the key that secrets are encrypted with: base64 of 32 bytes, for its owner's eyes only. Default:
    /// weir.key in the data directory, made at the first start.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>A PEM file with the server's certificate, and those above it. Default: none, so HTTP without TLS.
    /// </summary>
    public string? TlsCertificate { get; init; }

    /// <summary>The PEM file with its private key, not encrypted. Default: the file of the certificate.</summary>
    public string? TlsKey { get; init; }

    /// <summary>
    /// Lets other machines in without any access key. Default false: the first start that they can reach makes an
    /// admin key and shows it.
    /// </summary>
    public bool Insecure { get; init; }

    /// <summary>The region of requests whose credentials name none. Default us-east-1.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The base of queue URLs, for a server behind a proxy. Default: as the client asked.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>
    /// <c>Keys:ID:Secret</c>, <c>Keys:ID:Account</c> (12 digits) and <c>Keys:ID:Admin</c> (true: the admin API too),
    /// beside the keys in the data directory. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, AccessKey> Keys { get; init; } = new Dictionary<string, AccessKey>();

    /// <summary>
    /// Who issues the bearer tokens that the admin API takes beside admin keys: the base URL of an OpenID Connect
    /// provider, https but on this machine. Default: none, so no tokens.
    /// </summary>
    public Uri? OidcIssuer { get; init; }

    /// <summary>Whom the tokens must be for, given with the issuer.</summary>
    public string? OidcAudience { get; init; }

    /// <summary>The claim that makes a token an admin's, <c>name=value</c>. Default roles=weir-admin.</summary>
    public string OidcAdminClaim { get; init; } = "roles=weir-admin";

    /// <summary>
    /// Addresses, networks (<c>10.0.0.0/8</c>) and host names, separated by commas, that messages may be pushed to
    /// though they are private. Default: none, but this machine while Weir itself listens on it only.
    /// </summary>
    public IReadOnlyList<string> PushAllowPrivate { get; init; } = [];

    /// <summary>Free disk space below which nothing new is stored, in bytes. Default 256 MiB.</summary>
    public long DiskReserveBytes { get; init; } = 256L << 20;

    /// <summary>The longest request body, in bytes, 1 KiB to 1 GiB. Default 16 MiB.</summary>
    public int RequestBytesMax { get; init; } = 16 << 20;

    /// <summary>
    /// Large request bodies under way at once, in bytes, 1 MiB to 1 TiB; one more is throttled. Default 256 MiB.
    /// </summary>
    public long BodiesBytesMax { get; init; } = 256L << 20;

    /// <summary>All headers of one request, in bytes, 4 KiB to 1 MiB. Default 32 KiB.</summary>
    public int HeaderBytesMax { get; init; } = 32 << 10;

    /// <summary>Open connections, 1 to 1,000,000; one more is closed at once. Default 10,000.</summary>
    public int ConnectionsMax { get; init; } = 10_000;

    /// <summary>How long an idle connection is kept, 1 to 3,600 seconds. Default 130.</summary>
    public int KeepAliveSeconds { get; init; } = 130;

    /// <summary>A topology file that is applied before the server lets anybody in. Default: none.</summary>
    public string? Topology { get; init; }

    /// <summary>How long a stop waits for requests under way, 1 to 600 seconds. Default 30.</summary>
    public int ShutdownSeconds { get; init; } = 30;

    /// <summary>Log lines on standard error: <c>text</c>, or <c>json</c> for machines. Default text.</summary>
    public string LogFormat { get; init; } = "text";

    /// <summary>
    /// <c>Metrics:QueuesMax</c>: queues that metrics tell apart, 1 to 100,000; the rest are summed up. Default 1,000.
    /// </summary>
    public int MetricsQueuesMax { get; init; } = 1_000;

    /// <summary><c>Metrics:TenantsMax</c>: likewise tenants, 1 to 100,000. Default 1,000.</summary>
    public int MetricsTenantsMax { get; init; } = 1_000;

    /// <summary><c>Telemetry:Endpoint</c>, and the standard variables of OpenTelemetry. Default: nothing is sent.
    /// </summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>True when only this machine can reach the address.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));
}
