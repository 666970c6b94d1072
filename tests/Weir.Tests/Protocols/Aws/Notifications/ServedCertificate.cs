using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Tests.Protocols.Sns;
using Xunit;

namespace Weir.Tests.Protocols.Aws.Notifications;

/// <summary>Verifies envelopes as a subscriber does: by what they say and the certificate that they name.</summary>
// https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html
internal static class ServedCertificate
{
    /// <summary>In the order in which they are signed; one that the envelope lacks is left out.</summary>
    private static readonly string[] SignedFields =
        ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    public static async Task<string> FetchAsync(TestSns sns, JsonObject envelope)
    {
        var url = new Uri(envelope["SigningCertURL"]!.GetValue<string>());
        var answer = await sns.Queues.SendAsync("GET", url.PathAndQuery, []);
        Assert.Equal(200, answer.Response.StatusCode);
        return Encoding.ASCII.GetString(((MemoryStream)answer.Response.Body).ToArray());
    }

    public static bool IsSignedBy(string pem, JsonObject envelope)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        using var key = certificate.GetRSAPublicKey()!;
        var lines = SignedFields.Where(envelope.ContainsKey)
            .SelectMany(name => (string[])[name, envelope[name]!.GetValue<string>()]);
        return key.VerifyData(
            Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"),
            Convert.FromBase64String(envelope["Signature"]!.GetValue<string>()),
            envelope["SignatureVersion"]!.GetValue<string>() == "2" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1,
            RSASignaturePadding.Pkcs1);
    }
}
