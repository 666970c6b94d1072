using System.Net;
using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;
using Weir.WireTests.Topics;

namespace Weir.WireTests.Identity;

/// <summary>With keys the signature of every request is verified, and the key says whose account it is.</summary>
public sealed class When_keys_are_configured(KeyedServer keyed) : IClassFixture<KeyedServer>
{
    [Theory, EveryClient]
    public async Task A_right_signature_opens_the_keys_account(string client)
    {
        var sqs = keyed.Client(client, KeyedServer.Key, KeyedServer.Secret);
        var name = Name(client);

        var queue = await sqs.CreateAsync(name);

        Assert.EndsWith($"/{KeyedServer.Account}/{name}", queue, StringComparison.Ordinal);
        await sqs.SendAsync(queue, "signed: ünï & <x> +%20 ~", new()
        {
            ["MessageAttributes"] = new JsonObject { ["kind"] = Custom.Binary([1, 2, 3]) },
        });
        Assert.Equal("signed: ünï & <x> +%20 ~", (await sqs.ReceiveOneAsync(queue)).Text);
    }

    [Theory, EveryClient]
    public async Task A_wrong_secret_is_refused(string client)
    {
        var sqs = keyed.Client(client, KeyedServer.Key, "wrong secret");

        await sqs.RefusesAsync(SqsError.SignatureDoesNotMatch, "ListQueues", []);
    }

    [Theory, EveryClient]
    public async Task An_unknown_key_is_refused(string client)
    {
        var sqs = keyed.Client(client, "123456789012", KeyedServer.Secret);

        await sqs.RefusesAsync(SqsError.SignatureDoesNotMatch, "ListQueues", []);
    }

    [Theory, BothProtocols]
    public async Task Two_keys_of_two_accounts_do_not_see_each_other(string client)
    {
        var name = "private-" + Name(client);
        var ours = keyed.Client(client, KeyedServer.Key, KeyedServer.Secret);
        var theirs = keyed.Client(client, KeyedServer.OtherKey, KeyedServer.OtherSecret);
        await ours.CreateAsync(name);

        await theirs.RefusesAsync(SqsError.QueueDoesNotExist, "GetQueueUrl", new() { ["QueueName"] = name });
    }

    [Fact]
    public async Task A_presigned_address_works_until_it_is_changed()
    {
        var sqs = keyed.Client(ClientKinds.Boto3, KeyedServer.Key, KeyedServer.Secret);
        var queue = await sqs.CreateAsync("presigned");
        var presigned = (string)(await sqs.CallAsync("PresignedUrl", new()
        {
            ["ClientMethod"] = "SendMessage",
            ["ExpiresIn"] = 300,
            ["QueueUrl"] = queue,
            ["MessageBody"] = "by address ünï",
        }))["Url"]!;
        using var http = new HttpClient();

        using var answer = await http.GetAsync(presigned, TestContext.Current.CancellationToken);
        using var changed = await http.GetAsync(
            presigned.Replace("address", "adress", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, changed.StatusCode);
        Assert.Equal("by address ünï", (await sqs.ReceiveOneAsync(queue)).Text);
        Assert.Equal((0, 1, 0), await sqs.CountersAsync(queue));
    }

    [Fact]
    public async Task The_link_in_a_notification_unsubscribes_without_a_signature_and_no_other_does()
    {
        var aws = keyed.Client(ClientKinds.Boto3, KeyedServer.Key, KeyedServer.Secret);
        var (topic, queue) = (await aws.CreateTopicAsync("linked"), await aws.CreateAsync("linked"));
        var subscribed = await aws.SnsAsync("Subscribe", new()
        {
            ["TopicArn"] = topic, ["Protocol"] = "sqs",
            ["Endpoint"] = $"arn:aws:sqs:us-east-1:{KeyedServer.Account}:linked",
        });
        var arn = (string)subscribed["SubscriptionArn"]!;
        await aws.PublishAsync(topic, "hello");
        var link = (string)(await aws.ReceiveEnvelopeAsync(queue))["UnsubscribeURL"]!;
        using var http = new HttpClient();

        using var bare = await http.GetAsync(
            new Uri(keyed.Weir.Url, $"/?Action=Unsubscribe&SubscriptionArn={arn}"),
            TestContext.Current.CancellationToken);
        using var forged = await http.GetAsync(link[..^1], TestContext.Current.CancellationToken);
        var before = await aws.SnsAsync("ListSubscriptionsByTopic", new() { ["TopicArn"] = topic });
        using var answer = await http.GetAsync(link, TestContext.Current.CancellationToken);
        var after = await aws.SnsAsync("ListSubscriptionsByTopic", new() { ["TopicArn"] = topic });

        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK),
            (bare.StatusCode, forged.StatusCode, answer.StatusCode));
        Assert.Single(before["Subscriptions"]!.AsArray());
        Assert.Empty(after["Subscriptions"]!.AsArray());
    }

    [Fact]
    public async Task A_request_without_a_signature_is_refused()
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([new("Action", "ListQueues"), new("Version", "2012-11-05")]);

        using var answer = await http.PostAsync(keyed.Weir.Url, form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<Code>", text, StringComparison.Ordinal);
    }

    private static string Name(string client) => string.Concat(client.Where(char.IsAsciiLetter));
}
