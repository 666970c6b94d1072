using System.Text;
using System.Text.Json.Nodes;
using Weir.Broker.Secrets;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Weir.Protocols.Aws.Notifications;
using Weir.Tests.Protocols.Sns;
using Xunit;

namespace Weir.Tests.Protocols.Aws.Notifications;

public sealed class NotificationSignerTests
{
    [Theory]
    [InlineData("1", null)]
    [InlineData("2", null)]
    [InlineData("1", "Été: what's <new>?")]
    [InlineData("2", "Été: what's <new>?")]
    public async Task What_is_signed_is_verified_and_what_is_changed_is_not(string version, string? subject)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news", ("SignatureVersion", version));
        await sns.AddQueueAsync("news", "inbox");
        var request = TestSns.Publish("news", "line one\nline \"two\" \\ \u00e9\ud83d\ude00 </script>");
        await sns.OkAsync(subject is null ? request : request.Set("Subject", subject));

        var envelope = Assert.Single(await sns.EnvelopesAsync("inbox"));

        var certificate = await ServedCertificate.FetchAsync(sns, envelope);
        Assert.Equal(version, envelope["SignatureVersion"]!.GetValue<string>());
        Assert.True(ServedCertificate.IsSignedBy(certificate, envelope));
        foreach (var field in (string[])["Message", "MessageId", "Timestamp", "TopicArn", "Type", "Subject"])
        {
            var forged = envelope.DeepClone().AsObject();
            forged[field] = "x" + forged[field];
            Assert.False(ServedCertificate.IsSignedBy(certificate, forged), field);
        }
    }

    [Fact]
    public async Task The_version_is_that_of_the_topic_when_the_message_was_published()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");
        await sns.OkAsync(TestSns.Publish("news", "before"));
        await sns.OkAsync(new SnsRequest("SetTopicAttributes").Topic("news")
            .Set("AttributeName", "SignatureVersion").Set("AttributeValue", "2"));
        await sns.OkAsync(TestSns.Publish("news", "after"));

        var envelopes = await sns.EnvelopesAsync("inbox");

        Assert.Equal(
            [("after", "2"), ("before", "1")],
            envelopes.Select(one => (Text(one, "Message"), Text(one, "SignatureVersion"))).Order());
        var certificate = await ServedCertificate.FetchAsync(sns, envelopes[0]);
        Assert.All(envelopes, envelope => Assert.True(ServedCertificate.IsSignedBy(certificate, envelope)));
    }

    [Fact]
    public async Task Every_queue_and_every_receive_gets_the_same_signature()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "one");
        await sns.AddQueueAsync("news", "two");
        await sns.OkAsync(TestSns.Publish("news", "hello"));

        var first = Text(Assert.Single(await sns.EnvelopesAsync("one")), "Signature");
        sns.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(first, Text(Assert.Single(await sns.EnvelopesAsync("one")), "Signature"));
        Assert.Equal(first, Text(Assert.Single(await sns.EnvelopesAsync("two")), "Signature"));
    }

    [Fact]
    public async Task The_key_survives_a_restart()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");
        await sns.OkAsync(TestSns.Publish("news", "hello"));
        var before = Assert.Single(await sns.EnvelopesAsync("inbox"));

        await sns.Queues.RestartAsync();
        sns.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(31));

        var after = Assert.Single(await sns.EnvelopesAsync("inbox"));
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
        Assert.True(ServedCertificate.IsSignedBy(await ServedCertificate.FetchAsync(sns, before), before));
    }

    [Fact]
    public async Task Those_who_need_the_key_first_and_at_once_get_the_same()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        string[] queues = ["a", "b", "c"];
        foreach (var queue in queues) await sns.AddQueueAsync("news", queue);
        await sns.OkAsync(TestSns.Publish("news", "hello"));

        var received = await Task.WhenAll(queues.Select(sns.EnvelopesAsync));

        Assert.Single(received.Select(envelopes => Text(envelopes[0], "SigningCertURL")).Distinct());
        var certificate = await ServedCertificate.FetchAsync(sns, received[0][0]);
        Assert.All(received, envelopes => Assert.True(ServedCertificate.IsSignedBy(certificate, envelopes[0])));
    }

    [Fact]
    public async Task A_key_that_was_kept_as_plain_text_stays_and_is_encrypted()
    {
        await using var sns = new TestSns();
        var broker = sns.Queues.Broker.Broker;
        var scope = new ScopeName("signing", "000000000000", "", "");
        var pem = SigningKey.Create(broker.Time.GetUtcNow()).Pem;
        Assert.True((await broker.ExecuteAsync(new DefineCommand([new DefinitionChange
        {
            Scope = scope, Item = "sns", Value = Encoding.UTF8.GetBytes(pem),
        }]))).IsOk);
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");
        await sns.OkAsync(TestSns.Publish("news", "hello"));
        var envelope = Assert.Single(await sns.EnvelopesAsync("inbox"));

        Assert.EndsWith(new SigningKey(pem).Path, Text(envelope, "SigningCertURL"), StringComparison.Ordinal);
        var kept = Encoding.UTF8.GetString(broker.Definitions.Find(scope, "sns")!.Value.Span);
        Assert.True(SecretBox.IsSealed(kept));
        Assert.DoesNotContain("PRIVATE", kept, StringComparison.Ordinal);
    }

    private static string Text(JsonObject envelope, string name) => envelope[name]!.GetValue<string>();
}
