using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Weir.Protocols.Aws.Notifications;

/// <summary>The key that notifications are signed with, and the certificate that those who verify them fetch.</summary>
internal sealed class SigningKey
{
    private const int KeyBits = 2048;
    private const int FingerprintLength = 32;
    private const string Prefix = "/SimpleNotificationService-";
    private const string Suffix = ".pem";

    private readonly RSA _rsa;

    /// <summary>What a key is made of again: certificate and private key in PEM.</summary>
    public SigningKey(string pem)
    {
        Pem = pem;
        using var certificate = X509Certificate2.CreateFromPem(pem, pem);
        _rsa = certificate.GetRSAPrivateKey()!;
        CertificatePem = certificate.ExportCertificatePem();
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        Path = Prefix + fingerprint[..FingerprintLength] + Suffix;
    }

    public string Pem { get; }

    public string CertificatePem { get; }

    /// <summary>Where the certificate is served.</summary>
    public string Path { get; }

    public static bool IsCertificatePath(string path) =>
        path.StartsWith(Prefix, StringComparison.Ordinal) && path.EndsWith(Suffix, StringComparison.Ordinal);

    /// <param name="now">From a day before until fifty years after it the certificate is valid.</param>
    public static SigningKey Create(DateTimeOffset now)
    {
        using var rsa = RSA.Create(KeyBits);
        var request = new CertificateRequest(
            "CN=sns.weir, O=Weir", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(50));
        return new SigningKey($"{certificate.ExportCertificatePem()}\n{rsa.ExportPkcs8PrivateKeyPem()}\n");
    }

    /// <param name="version">1: with SHA-1; 2: with SHA-256.</param>
    public string Sign(string text, int version) => Convert.ToBase64String(_rsa.SignData(
        Encoding.UTF8.GetBytes(text),
        version == 1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256,
        RSASignaturePadding.Pkcs1));
}
