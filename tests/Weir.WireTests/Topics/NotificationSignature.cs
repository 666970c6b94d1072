using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Weir.WireTests.Topics;

/// <summary>Verifies a notification as its receivers do, from the documentation, with nothing of Weir's.</summary>
// https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
public static class NotificationSignature
{
    private static readonly string[] OfNotifications =
        ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];

    private static readonly string[] OfConfirmations =
        ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    public static async Task<bool> IsValidAsync(JsonObject message)
    {
        using var http = new HttpClient();
        var pem = await http.GetStringAsync(
            (string)message["SigningCertURL"]!, TestContext.Current.CancellationToken);
        using var certificate = X509Certificate2.CreateFromPem(pem);
        using var key = certificate.GetRSAPublicKey()!;
        var hash = (string?)message["SignatureVersion"] == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        var signature = Convert.FromBase64String((string)message["Signature"]!);
        return key.VerifyData(SignedText(message), signature, hash, RSASignaturePadding.Pkcs1);
    }

    private static byte[] SignedText(JsonObject message)
    {
        var fields = (string?)message["Type"] == "Notification" ? OfNotifications : OfConfirmations;
        var text = new StringBuilder();
        foreach (var field in fields.Where(field => message[field] is not null))
            text.Append(field).Append('\n').Append((string?)message[field]).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
