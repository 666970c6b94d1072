using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Weir.Journal;
using Weir.Server;
using Weir.Server.Hosting;
using Xunit;

namespace Weir.Tests.Server;

public sealed class TlsTests : IDisposable
{
    private readonly string _directory = RunningServer.NewDirectory();

    private string Certificate => Path.Combine(_directory, "tls.crt");

    private string Key => Path.Combine(_directory, "tls.key");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_renewed_certificate_is_shown_to_new_connections()
    {
        var first = await MakeAsync();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await StartAsync(time);
        Assert.StartsWith("https://", server.Endpoint, StringComparison.Ordinal);
        Assert.Equal(first, await ShownAsync(server));

        var second = await MakeAsync();
        Assert.Equal(first, await ShownAsync(server));
        time.Advance(TlsCertificate.LookEvery);
        Assert.Equal(second, await ShownAsync(server));

        await File.WriteAllTextAsync(Certificate, "broken");
        time.Advance(TlsCertificate.LookEvery);
        Assert.Equal(second, await ShownAsync(server));
    }

    [Fact]
    public async Task Without_TLS_nobody_is_answered()
    {
        await MakeAsync();
        await using var server = await StartAsync(TimeProvider.System);
        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(
            () => http.GetAsync(new Uri(server.Endpoint.Replace("https", "http", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_is_named()
    {
        foreach (var spoil in (Action[])[() => File.Delete(Key), () => File.WriteAllText(Certificate, "none"), Swap])
        {
            await MakeAsync();
            spoil();
            var failure = await Record.ExceptionAsync(() => StartAsync(TimeProvider.System));
            var error = StartupError.From(failure!, RunningServer.Options(_directory));
            Assert.Equal(ExitCodes.Usage, error?.ExitCode);
            Assert.Contains(Certificate, error!.Message, StringComparison.Ordinal);
        }

        void Swap()
        {
            using var other = RSA.Create(2048);
            File.WriteAllText(Key, other.ExportPkcs8PrivateKeyPem());
        }
    }

    private Task<WeirServer> StartAsync(TimeProvider time) => WeirServer.StartAsync(
        RunningServer.Options(Path.Combine(_directory, "data")) with { TlsCertificate = Certificate, TlsKey = Key },
        time, new FileDisk());

    /// <summary>The serial number of what a new connection is shown.</summary>
    private static async Task<string> ShownAsync(WeirServer server)
    {
        string? shown = null;
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    shown = certificate!.GetSerialNumberString();
                    return shown.Length > 0;
                },
            },
        };
        using var http = new HttpClient(handler);
        var answer = await http.GetAsync(new Uri($"{server.Endpoint}/_weir/health/ready"));
        Assert.True(answer.IsSuccessStatusCode);
        return shown!;
    }

    private async Task<string> MakeAsync()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await File.WriteAllTextAsync(Certificate, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Key, key.ExportPkcs8PrivateKeyPem());
        return certificate.GetSerialNumberString();
    }
}
