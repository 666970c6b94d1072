using System.Security.Cryptography;
using System.Text;
using Weir.Tests.Delivery;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class PutWebhookOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync() => await _rest.Queues.CreateAsync("orders");

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_queue_is_pushed_signed_with_the_secret_that_the_answer_had()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var push = _rest.StartWebhooks();
        var made = await _rest.PutAsync(
            "/_weir/webhooks/shop", $$"""{"queue":"orders","url":"{{receiver.Address}}x"}""");
        Assert.Equal(201, made.Status);

        await _rest.PostAsync("/_weir/queues/orders/messages", "hello", ("Content-Type", "text/plain"));
        while (receiver.Arrived.IsEmpty) await Task.Yield();

        var request = Assert.Single(receiver.Arrived);
        var key = Convert.FromBase64String(made.Json["secret"]!.ToString()["whsec_".Length..]);
        var signed = $"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.hello";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
        Assert.Equal($"v1,{signature}", request.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task Another_form_keeps_the_secret_and_does_not_show_it()
    {
        await _rest.PutAsync("/_weir/webhooks/shop", """{"queue":"orders","url":"http://a.example/"}""");
        var changed = await _rest.PutAsync(
            "/_weir/webhooks/shop", """{"queue":"orders","url":"http://b.example/","retries":3,"paused":true}""");
        Assert.Equal(200, changed.Status);
        Assert.Equal(("http://b.example/", "3", "true"), (changed.Json["url"]!.ToString(),
            changed.Json["retries"]!.ToString(), changed.Json["paused"]!.ToString()));
        Assert.False(changed.Json.ContainsKey("secret"));
    }

    [Theory]
    [InlineData("[]", "at $")]
    [InlineData("{}", "queue")]
    [InlineData("""{"queue":"orders"}""", "url")]
    [InlineData("""{"queue":"orders","url":"ftp://a/"}""", "url")]
    [InlineData("""{"queue":"orders","url":"http://u:p@a/"}""", "url")]
    [InlineData("""{"queue":"orders","url":"http://a/","method":"GET"}""", "method")]
    [InlineData("""{"queue":"orders","url":"http://a/","retries":186}""", "retries")]
    [InlineData("""{"queue":"orders","url":"http://a/","concurrency":0}""", "concurrency")]
    [InlineData("""{"queue":"orders","url":"http://a/","ratePerSecond":0}""", "ratePerSecond")]
    [InlineData("""{"queue":"orders","url":"http://a/","secret":"whsec_AA=="}""", "secret")]
    [InlineData("""{"queue":"orders","url":"http://a/","deadLetterQueue":"orders"}""", "deadLetterQueue")]
    [InlineData("""{"queue":"orders","url":"http://a/","deadLetterQueue":"x.fifo"}""", "deadLetterQueue")]
    public async Task What_is_wrong_is_named(string body, string named)
    {
        var refused = await _rest.PutAsync("/_weir/webhooks/shop", body);
        Assert.Equal(400, refused.Status);
        Assert.Contains(named, refused.Json["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queues_must_be_there()
    {
        var refused = await _rest.PutAsync("/_weir/webhooks/shop", """{"queue":"none","url":"http://a/"}""");
        Assert.Equal(404, refused.Status);
        Assert.Equal(400, (await _rest.PutAsync("/_weir/webhooks/a.b", "{}")).Status);
    }

    [Fact]
    public async Task What_is_given_up_goes_to_the_dead_letter_queue_with_the_reason()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.AnswerWith(410);
        await using var push = _rest.StartWebhooks();
        await _rest.Queues.CreateAsync("letters");
        await _rest.PutAsync("/_weir/webhooks/shop",
            $$"""{"queue":"orders","url":"{{receiver.Address}}","deadLetterQueue":"letters"}""");

        await _rest.PostAsync("/_weir/queues/orders/messages", "hello");

        var letter = Assert.Single((await _rest.Queues.Broker.ReceiveAsync(
            TestRest.Orders with { Name = "letters" }, wait: TimeSpan.FromSeconds(20))).Value);
        Assert.Contains("410", TestRest.Attribute(letter, "weir-webhook-error"), StringComparison.Ordinal);
    }
}
