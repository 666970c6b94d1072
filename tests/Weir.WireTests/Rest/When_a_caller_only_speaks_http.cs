using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Rest;

/// <summary>Sent with curl, received with an SDK, and followed up with curl.</summary>
public sealed class When_a_caller_only_speaks_http(OwnServer own) : IClassFixture<OwnServer>
{
    [Theory, BothProtocols]
    public async Task A_message_is_followed_from_acceptance_to_completion(string client)
    {
        var sqs = Client(client);
        var queue = await sqs.CreateAsync("followed");
        var sent = await PostAsync(sqs, "followed", "grüß", "Content-Type: text/plain", "Weir-Attribute-colour: red");
        Assert.Equal(202, sent.Status);
        Assert.Equal("accepted", await StateAsync(sqs, sent));

        var message = await sqs.ReceiveOneAsync(queue, new() { ["MessageAttributeNames"] = new JsonArray("All") });
        Assert.Equal((sent["messageId"], "grüß"), (message.Id, message.Text));
        Assert.Equal("text/plain", (string?)message.Custom["content-type"]!["StringValue"]);
        Assert.Equal("red", (string?)message.Custom["colour"]!["StringValue"]);
        Assert.Equal("delivered", await StateAsync(sqs, sent));

        await sqs.DeleteAsync(queue, message);
        Assert.Equal("completed", await StateAsync(sqs, sent));
    }

    [Theory, BothProtocols]
    public async Task A_dead_letter_has_failed(string client)
    {
        var sqs = Client(client);
        var dead = await sqs.CreateAsync("dead");
        var queue = await sqs.CreateAsync(
            "failing", ("VisibilityTimeout", "0"), ("RedrivePolicy", QueueCalls.Redrive(sqs.ArnOf(dead), 1)));
        var sent = await PostAsync(sqs, "failing", "x");
        while ((await sqs.CountersAsync(dead)).Visible == 0) await sqs.ReceiveAsync(queue);

        var status = await GetAsync(sqs, sent["status"]);
        Assert.Equal(("failed", "dead-lettered"), (status["state"], status["reason"]));
        Assert.Equal("accepted", (await GetAsync(sqs, status.Json["movedTo"]!["status"]!.ToString()))["state"]);
    }

    [Theory, BothProtocols]
    public async Task A_reply_comes_back(string client)
    {
        var sqs = Client(client);
        var queue = await sqs.CreateAsync("asked");
        var sent = await PostAsync(sqs, "asked", "question", "Weir-Reply: true");
        var message = await sqs.ReceiveOneAsync(queue, new() { ["MessageAttributeNames"] = new JsonArray("All") });
        var to = message.Custom["weir-reply-to"]!["StringValue"]!.ToString();
        var posted = await Curl.PostAsync(WithUser(sqs, to), "42", "Content-Type: application/x-answer");
        Assert.Equal(204, posted.Status);
        Assert.Equal("42", (await GetAsync(sqs, (await GetAsync(sqs, sent["status"]))["reply"])).Body);
    }

    [Fact]
    public async Task A_request_that_is_sent_again_after_a_kill_is_carried_out_once()
    {
        var sqs = Client(ClientKinds.DotNet);
        var queue = await sqs.CreateAsync("keyed");
        var first = await PostAsync(sqs, "keyed", "once", "Idempotency-Key: k");
        await own.Weir.KillAsync();
        await own.Weir.StartAgainAsync();
        var again = await PostAsync(sqs, "keyed", "once", "Idempotency-Key: k");
        var other = await PostAsync(sqs, "keyed", "twice", "Idempotency-Key: k");

        Assert.Equal((202, first.Body, 422), (again.Status, again.Body, other.Status));
        Assert.Equal("once", (await sqs.ReceiveOneAsync(queue)).Text);
        await sqs.NothingIsReceivedAsync(queue);
    }

    [Fact]
    public async Task A_CloudEvent_in_either_mode_reaches_the_consumer_as_it_was_sent()
    {
        const string Json = """{"specversion":"1.0","id":"7","source":"/shop","type":"placed","data":{"n":1}}""";
        var sqs = Client(ClientKinds.DotNet);
        var queue = await sqs.CreateAsync("events");
        await PostAsync(sqs, "events", Json, "Content-Type: application/cloudevents+json");
        var whole = await sqs.ReceiveOneAsync(queue);
        Assert.Equal(Json, whole.Text);
        await PostAsync(
            sqs, "events", """{"n":1}""", "ce-specversion: 1.0", "ce-id: 7", "ce-source: /shop", "ce-type: placed",
            "Content-Type: application/json");
        var parts = await sqs.ReceiveOneAsync(queue, new() { ["MessageAttributeNames"] = new JsonArray("All") });
        var names = new[] { "specversion", "id", "source", "type" };
        Assert.All(names, name => Assert.Equal(
            JsonNode.Parse(Json)![name]!.ToString(), parts.Custom[$"ce-{name}"]!["StringValue"]!.ToString()));
        Assert.Equal(400, (await PostAsync(sqs, "events", "{}", "ce-specversion: 1.0", "ce-id: 7")).Status);
    }

    [Fact]
    public async Task A_page_of_somebody_else_may_not_send()
    {
        var sqs = Client(ClientKinds.DotNet);
        var queue = await sqs.CreateAsync("guarded");
        var reply = await PostAsync(sqs, "guarded", "x", "Origin: https://evil.example");
        Assert.Equal((403, "urn:weir:problem:foreign-page"), (reply.Status, reply["type"]));
        await sqs.NothingIsReceivedAsync(queue);
    }

    private SqsClient Client(string kind) => own.Client(kind, Account.Of(nameof(When_a_caller_only_speaks_http), kind));

    private Task<CurlReply> PostAsync(SqsClient sqs, string queue, string body, params string[] headers) =>
        Curl.PostAsync(WithUser(sqs, $"{own.Weir.Url}_weir/queues/{queue}/messages"), body, headers);

    private static Task<CurlReply> GetAsync(SqsClient sqs, string url) => Curl.GetAsync(WithUser(sqs, url));

    private static async Task<string> StateAsync(SqsClient sqs, CurlReply sent) =>
        (await GetAsync(sqs, sent["status"]))["state"];

    /// <summary>HTTP Basic: the account, and any secret.</summary>
    private static string WithUser(SqsClient sqs, string url) =>
        url.Replace("http://", $"http://{sqs.Account}:any@", StringComparison.Ordinal);
}
