using System.Security.Cryptography.X509Certificates;
using Weir.Tests.Protocols.Sns;
using Xunit;

namespace Weir.Tests.Protocols.Aws.Notifications;

public sealed class CertificateAnswerTests
{
    [Fact]
    public async Task The_certificate_is_public_and_the_private_key_is_not()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");
        await sns.OkAsync(TestSns.Publish("news", "hello"));

        var pem = await ServedCertificate.FetchAsync(sns, Assert.Single(await sns.EnvelopesAsync("inbox")));

        Assert.DoesNotContain("PRIVATE", pem, StringComparison.Ordinal);
        using var certificate = X509Certificate2.CreateFromPem(pem);
        var now = sns.Queues.Broker.Time.GetUtcNow();
        Assert.InRange(now, new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
    }

    [Fact]
    public async Task Another_certificate_is_not_found()
    {
        await using var sns = new TestSns();

        var answer = await sns.Queues.SendAsync("GET", "/SimpleNotificationService-0123.pem", []);

        Assert.Equal(404, answer.Response.StatusCode);
        Assert.Equal(0, answer.Response.Body.Length);
    }
}
