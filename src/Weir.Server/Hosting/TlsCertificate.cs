using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Weir.Server.Options;

// Certificates are no part of the log: others make and renew their files.
#pragma warning disable RS0030

namespace Weir.Server.Hosting;

/// <summary>
/// The certificate that the server shows, from PEM files that may be renewed while it runs. A pair that cannot be read,
/// or does not belong together, leaves the one before in use and is told in the log.
/// </summary>
internal sealed partial class TlsCertificate : IAsyncDisposable
{
    /// <summary>How often the files are looked at.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly string _certificatePath;
    private readonly string _keyPath;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private volatile SslStreamCertificateContext _context;
    private (DateTime, DateTime) _written;

    private TlsCertificate(string certificatePath, string keyPath, TimeProvider time, ILogger log)
    {
        (_certificatePath, _keyPath, _log) = (certificatePath, keyPath, log);
        _written = Written();
        _context = Load();
        _timer = time.CreateTimer(_ => LookAgain(), null, LookEvery, LookEvery);
    }

    /// <summary>What a connection that begins now is shown: the certificate with what its file has above it.</summary>
    public SslStreamCertificateContext Context => _context;

    /// <returns>Null when the options name none.</returns>
    /// <exception cref="TlsException">It cannot be used; the message says what to do.</exception>
    public static TlsCertificate? Open(ServerOptions options, TimeProvider time, ILogger log) =>
        options.TlsCertificate is null ? null : new TlsCertificate(
            Path.GetFullPath(options.TlsCertificate), Path.GetFullPath(options.TlsKey ?? options.TlsCertificate), time,
            log);

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void LookAgain()
    {
        var written = Written();
        if (written == _written) return;
        _written = written;
        try
        {
            _context = Load();
            LogRenewed(_certificatePath, _context.TargetCertificate.NotAfter);
        }
        catch (TlsException failure)
        {
            LogNotRenewed(failure.Message, _context.TargetCertificate.NotAfter);
        }
    }

    private (DateTime, DateTime) Written() =>
        (File.GetLastWriteTimeUtc(_certificatePath), File.GetLastWriteTimeUtc(_keyPath));

    private SslStreamCertificateContext Load()
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(_certificatePath, _keyPath);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(_certificatePath);
            return SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException or IOException
            or UnauthorizedAccessException)
        {
            throw new TlsException($"The TLS certificate {_certificatePath} with the key {_keyPath} cannot be used: "
                + $"{failure.Message} Give PEM files that belong together, the key not encrypted.", failure);
        }
    }

    [LoggerMessage(LogLevel.Information, "The TLS certificate {Path} was renewed, it is valid until {Until:u}")]
    private partial void LogRenewed(string path, DateTime until);

    [LoggerMessage(LogLevel.Error, "{Reason} The one before stays in use, it is valid until {Until:u}")]
    private partial void LogNotRenewed(string reason, DateTime until);
}
