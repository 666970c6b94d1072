using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;

namespace Weir.WireTests.Push;

/// <summary>An HTTPS endpoint on loopback whose certificate a private authority signed. It answers 204.</summary>
internal sealed class TlsReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<string> _bodies = Channel.CreateUnbounded<string>();
    private readonly X509Certificate2 _certificate;
    private readonly Task _serving;

    public TlsReceiver()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ca = new CertificateRequest("CN=A private authority", authorityKey, HashAlgorithmName.SHA256);
        ca.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authority = ca.CreateSelfSigned(from, until);
        AuthorityPem = authority.ExportCertificatePem();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=receiver", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, from, until, [1]);
        _certificate = signed.CopyWithPrivateKey(key);
        _listener.Start();
        Address = new Uri($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/in");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public string AuthorityPem { get; }

    public ValueTask<string> NextAsync(CancellationToken cancel) => _bodies.Reader.ReadAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(_certificate);
                await AnswerAsync(tls);
            }
            catch (SocketException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // A caller that does not trust the certificate goes away, as it should.
            }
        }
    }

    private async Task AnswerAsync(SslStream tls)
    {
        using var reader = new StreamReader(tls, Encoding.Latin1);
        var length = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            const string Name = "Content-Length:";
            if (!line.StartsWith(Name, StringComparison.OrdinalIgnoreCase)) continue;
            length = int.Parse(
                line.AsSpan(Name.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        }

        var body = new char[length];
        await reader.ReadBlockAsync(body);
        await tls.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
        await _bodies.Writer.WriteAsync(new string(body));
    }
}
