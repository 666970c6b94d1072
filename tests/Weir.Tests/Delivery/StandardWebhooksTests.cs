using System.Security.Cryptography;
using System.Text;
using Weir.Broker.Delivery;
using Weir.Broker.Messages;
using Weir.Engine;
using Xunit;

namespace Weir.Tests.Delivery;

public sealed class StandardWebhooksTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly string Other =
        "whsec_" + Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('k', 64)));

    /// <summary>The example of the specification's reference libraries.</summary>
    [Fact]
    public void The_known_example_has_its_known_signature()
    {
        using var request = new HttpRequestMessage();

        new StandardWebhooks(Secret).Sign(
            request, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330),
            "{\"test\": 2432232314}"u8);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", Header(request, "webhook-signature"));
        Assert.Equal("1614265330", Header(request, "webhook-timestamp"));
        Assert.Equal("msg_p5jXN8AQM9LWM0D4loKWxJek", Header(request, "webhook-id"));
    }

    [Fact]
    public void While_a_secret_is_replaced_both_verify()
    {
        using var request = new HttpRequestMessage();

        new StandardWebhooks(Secret, Other).Sign(request, "id", DateTimeOffset.UnixEpoch, "body"u8);

        Assert.True(Verifies(request, Secret, "body"));
        Assert.True(Verifies(request, Other, "body"));
        Assert.False(Verifies(request, Secret, "other body"));
        Assert.False(Verifies(request, "whsec_" + new string('A', 32), "body"));
    }

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64 at all, but long enough to be")]
    public void What_is_no_secret_is_refused(string secret)
    {
        Assert.False(StandardWebhooks.IsSecret(secret));
        Assert.Throws<ArgumentException>(() => new StandardWebhooks(secret));
    }

    [Fact]
    public async Task Weirs_own_webhook_arrives_signed()
    {
        await using var scene = await PushScene.StartAsync();
        var requests = new WebhookRequests(scene.Receiver.Address, new StandardWebhooks(Secret), scene.Test.Time);
        scene.Dispatcher.Set(scene.Route() with { Render = requests.RenderAsync });

        await scene.SendAsync("{\"a\":1}");
        await scene.AttemptsAsync(1);

        var arrived = Assert.Single(scene.Receiver.Arrived);
        Assert.Equal("application/json", arrived.Headers["Content-Type"]);
        Assert.Equal($"{scene.History[0].MessageId}", arrived.Headers["webhook-id"]);
        Assert.True(Verifies(
            arrived.Headers["webhook-id"], arrived.Headers["webhook-timestamp"], arrived.Headers["webhook-signature"],
            Secret, arrived.Body));
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8", "text/plain; charset=utf-8")]
    [InlineData("no media type", null)]
    public async Task The_content_says_its_type(string attribute, string? expected)
    {
        var message = new ReceivedMessage(
            new LeasedMessage
            {
                MessageId = Guid.Empty, Receipt = default, Payload = default, Sequence = 1, SentUnixMs = 0,
                FirstReceivedUnixMs = 0, ReceiveCount = 1,
            },
            new MessageContent
            {
                Body = "x"u8.ToArray(),
                Attributes = [new("Content-Type", "String", Encoding.UTF8.GetBytes(attribute))],
            });
        var requests = new WebhookRequests(
            new Uri("http://a.example"), new StandardWebhooks(Secret), TimeProvider.System);

        var rendered = await requests.RenderAsync(message, CancellationToken.None);

        Assert.Equal(expected, rendered.Request?.Content!.Headers.ContentType!.ToString());
        Assert.Equal(expected is null, rendered.Reason is not null);
    }

    private static string Header(HttpRequestMessage request, string name) => request.Headers.GetValues(name).Single();

    private static bool Verifies(HttpRequestMessage request, string secret, string body) => Verifies(
        Header(request, "webhook-id"), Header(request, "webhook-timestamp"), Header(request, "webhook-signature"),
        secret, body);

    // Written from the specification, with nothing of the signer's.
    private static bool Verifies(string id, string timestamp, string signatures, string secret, string body)
    {
        using var hmac = IncrementalHash.CreateHMAC(
            HashAlgorithmName.SHA256, Convert.FromBase64String(secret["whsec_".Length..]));
        foreach (var part in (string[])[id, ".", timestamp, ".", body]) hmac.AppendData(Encoding.UTF8.GetBytes(part));
        var expected = Convert.ToBase64String(hmac.GetHashAndReset());
        return signatures.Split(' ').Any(signature => signature == $"v1,{expected}");
    }
}
