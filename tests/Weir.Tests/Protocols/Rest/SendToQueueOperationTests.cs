using System.Text;
using Weir.Tests.Broker;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class SendToQueueOperationTests : IAsyncLifetime
{
    private const string Path = "/_weir/queues/orders/messages";
    private const string FifoPath = "/_weir/queues/orders.fifo/messages";

    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync()
    {
        await _rest.Queues.CreateAsync("orders");
        await _rest.Queues.CreateAsync("orders.fifo");
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_message_is_accepted_and_received_with_its_type_and_attributes()
    {
        var reply = await _rest.PostAsync(
            Path, "grüß", ("Content-Type", "text/plain"), ("Weir-Attribute-colour", "red"));

        Assert.Equal((202, 1), (reply.Status, reply.Json["count"]!.GetValue<int>()));
        Assert.Equal(reply.Json["status"]!.GetValue<string>(), reply.Headers["Location"]);
        var message = await _rest.ReceiveAsync();
        Assert.Equal("grüß", TestBroker.BodyOf(message));
        Assert.Equal(reply.Json["messageId"]!.GetValue<string>(), message.Lease.MessageId.ToString());
        Assert.Equal("text/plain", TestRest.Attribute(message, "content-type"));
        Assert.Equal("red", TestRest.Attribute(message, "colour"));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0x41 })]
    [InlineData(new byte[] { 0x41, 0x00 })]
    public async Task What_is_no_text_is_kept_in_base64(byte[] body)
    {
        await _rest.SendAsync("POST", Path, body, ("Content-Type", "image/png"));
        var message = await _rest.ReceiveAsync();
        Assert.Equal(body, Convert.FromBase64String(TestBroker.BodyOf(message)));
        Assert.Equal("base64", TestRest.Attribute(message, "content-transfer-encoding"));
    }

    [Fact]
    public async Task The_same_key_again_is_answered_and_not_carried_out_even_after_a_restart()
    {
        var first = await _rest.PostAsync(Path, "a", ("Idempotency-Key", "k"));
        await _rest.RestartAsync();
        var again = await _rest.PostAsync(Path, "a", ("Idempotency-Key", "k"));

        Assert.Equal((202, first.Text), (again.Status, again.Text));
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        Assert.False(first.Headers.ContainsKey("Idempotency-Replayed"));
        await _rest.ReceiveAsync();
        Assert.Empty((await _rest.Queues.Broker.ReceiveAsync(TestRest.Orders)).Value);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await _rest.PostAsync(Path, "a", ("Idempotency-Key", "k"));
        var other = await _rest.PostAsync(Path, "b", ("Idempotency-Key", "k"));
        Assert.Equal((422, "key-reused"), (other.Status, other.Problem));
    }

    [Theory]
    [InlineData("Weir-Attribute-colour", "blue")]
    [InlineData("Weir-Attribute-Colour", "red")]
    [InlineData("Weir-Attribute-size", "1")]
    [InlineData("Weir-Delay-Seconds", "1")]
    [InlineData("Weir-Group-Id", "h")]
    [InlineData("Weir-Reply", "true")]
    [InlineData("ce-type", "cancelled")]
    [InlineData("ce-subject", "o1")]
    [InlineData("Content-Type", "text/plain")]
    public async Task The_same_key_with_another_header_that_is_read_is_refused(string header, string value)
    {
        (string Name, string Value)[] headers =
        [
            ("Idempotency-Key", "k"), ("Weir-Attribute-colour", "red"), ("Weir-Group-Id", "g"),
            ("Content-Type", "application/json"), ("ce-specversion", "1.0"), ("ce-id", "7"), ("ce-source", "/shop"),
            ("ce-type", "placed"),
        ];
        await _rest.PostAsync(Path, "{}", headers);
        var again = await _rest.PostAsync(Path, "{}", [.. headers, ("User-Agent", "b"), ("Weir-Region", "us-east-1")]);
        Assert.Equal((202, "true"), (again.Status, again.Headers["Idempotency-Replayed"]));
        var other = await _rest.PostAsync(
            Path, "{}", [.. headers.Where(one => !one.Name.Equals(header, StringComparison.OrdinalIgnoreCase)),
                (header, value)]);
        Assert.Equal((422, "key-reused"), (other.Status, other.Problem));
    }

    [Fact]
    public async Task Keys_that_are_too_old_go_a_bounded_number_at_a_time()
    {
        for (var i = 0; i < 150; i++)
        {
            await _rest.Queues.CreateAsync($"q{i}");
            await _rest.PostAsync($"/_weir/queues/q{i}/messages", "a", ("Idempotency-Key", "k"));
        }

        await _rest.RestartAsync();
        _rest.Queues.Broker.Time.Advance(TimeSpan.FromHours(26));
        await _rest.PostAsync(Path, "a", ("Idempotency-Key", "1"));
        Assert.Equal(51, KeyScopes());
        await _rest.PostAsync(Path, "a", ("Idempotency-Key", "2"));
        Assert.Equal(1, KeyScopes());
    }

    [Fact]
    public async Task A_key_is_kept_for_a_day_and_one_of_another_queue_is_another()
    {
        await _rest.Queues.CreateAsync("bills");
        await _rest.PostAsync(Path, "a", ("Idempotency-Key", "k"));
        var other = await _rest.PostAsync("/_weir/queues/bills/messages", "b", ("Idempotency-Key", "k"));
        _rest.Queues.Broker.Time.Advance(TimeSpan.FromHours(24));
        var within = await _rest.PostAsync(Path, "b", ("Idempotency-Key", "k"));
        _rest.Queues.Broker.Time.Advance(TimeSpan.FromHours(1));
        var later = await _rest.PostAsync(Path, "b", ("Idempotency-Key", "k"));

        Assert.Equal((202, 422, 202), (other.Status, within.Status, later.Status));
        Assert.Equal(1, KeyScopes());
    }

    [Fact]
    public async Task Requests_of_one_key_that_come_at_once_put_one_message()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => _rest.PostAsync(Path, "a", ("Idempotency-Key", "k"))));
        Assert.Single(replies.Select(reply => reply.Text).Distinct());
        Assert.Single((await _rest.Queues.Broker.ReceiveAsync(TestRest.Orders)).Value);
    }

    [Fact]
    public async Task A_message_of_a_FIFO_queue_has_a_group_and_is_deduplicated()
    {
        var first = await _rest.PostAsync(FifoPath, "a", ("Weir-Group-Id", "g"), ("Weir-Deduplication-Id", "1"));
        var again = await _rest.PostAsync(FifoPath, "b", ("Weir-Group-Id", "g"), ("Weir-Deduplication-Id", "1"));
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("g", (await _rest.ReceiveAsync("orders.fifo")).Lease.GroupId);
    }

    [Theory]
    [InlineData(FifoPath, "Weir-Deduplication-Id", "1", "Weir-Group-Id")]
    [InlineData(Path, "Weir-Deduplication-Id", "1", "Weir-Deduplication-Id")]
    [InlineData(Path, "Weir-Delay-Seconds", "901", "Weir-Delay-Seconds")]
    [InlineData(Path, "Weir-Delay-Seconds", "-1", "Weir-Delay-Seconds")]
    [InlineData(Path, "Weir-Group-Id", "a b", "Weir-Group-Id")]
    [InlineData(Path, "Weir-Reply", "yes", "Weir-Reply")]
    [InlineData(Path, "Weir-Colour", "red", "Weir-Colour")]
    [InlineData(Path, "Weir-Attribute-AWS.x", "red", "AWS.x")]
    [InlineData(Path, "Weir-Attribute-weir-reply-to", "http://elsewhere/", "weir-reply-to")]
    [InlineData(Path, "Weir-Attribute-Weir-Reply-To", "http://elsewhere/", "Weir-Reply-To")]
    [InlineData(Path, "Weir-Region", "No Region", "Weir-Region")]
    [InlineData(Path, "Idempotency-Key", "", "Idempotency-Key")]
    public async Task What_is_not_served_is_refused_by_name(string path, string header, string value, string name)
    {
        var reply = await _rest.PostAsync(path, "a", (header, value));
        Assert.Equal(400, reply.Status);
        Assert.Contains(name, reply.Detail, StringComparison.Ordinal);
        Assert.Equal("application/problem+json", reply.Headers["Content-Type"]);
    }

    [Fact]
    public async Task A_delayed_message_waits()
    {
        await _rest.PostAsync(Path, "a", ("Weir-Delay-Seconds", "5"));
        Assert.Empty((await _rest.Queues.Broker.ReceiveAsync(TestRest.Orders)).Value);
        _rest.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(5));
        await _rest.ReceiveAsync();
    }

    [Fact]
    public async Task More_than_ten_attributes_are_refused_by_name()
    {
        var headers = Enumerable.Range(0, 11).Select(i => ($"Weir-Attribute-a{i}", "x")).ToArray();
        var reply = await _rest.PostAsync(Path, "a", headers);
        Assert.Equal((400, "too-many-attributes"), (reply.Status, reply.Problem));
        Assert.Contains("a10", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_have_their_status()
    {
        Assert.Equal(404, (await _rest.PostAsync("/_weir/queues/none/messages", "a")).Status);
        Assert.Equal(404, (await _rest.PostAsync("/_weir/queues/~replies/messages", "a")).Status);
        Assert.Equal("empty-body", (await _rest.PostAsync(Path, "")).Problem);
        Assert.Equal(405, (await _rest.PutAsync(Path, "a")).Status);
        Assert.Equal(413, (await _rest.PostAsync(Path, new string('x', (1 << 20) + 1))).Status);
        Assert.Equal(413, (await _rest.PostAsync(Path, new string('x', (16 << 20) + 1))).Status);
    }

    [Fact]
    public async Task The_caller_is_answered_with_the_outcome_that_comes_while_it_waits()
    {
        var waiting = _rest.PostAsync(Path, "a", ("Prefer", "respond-async, wait=10"));
        while (_rest.Queues.Broker.Broker.Figures.WaitingDepartures == 0) await Task.Yield();
        await _rest.DeleteAsync(await _rest.ReceiveAsync());
        var reply = await waiting;
        Assert.Equal(0, _rest.Queues.Broker.Broker.Figures.WaitingDepartures);
        Assert.Equal((200, "completed"), (reply.Status, reply.State));
        Assert.Equal("wait=10", reply.Headers["Preference-Applied"]);

        reply = await Finish(_rest.PostAsync(Path, "b", ("Prefer", "wait=1")));
        Assert.Equal(202, reply.Status);
    }

    [Fact]
    public async Task A_signature_or_basic_credentials_name_the_account()
    {
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes("123456789012:any"));
        var reply = await _rest.PostAsync(Path, "a", ("Authorization", $"Basic {basic}"));
        Assert.Contains("123456789012", reply.Detail, StringComparison.Ordinal);
        reply = await _rest.PostAsync(Path, "a", ("Weir-Region", "eu-west-1"));
        Assert.Contains("eu-west-1", reply.Detail, StringComparison.Ordinal);
    }

    private int KeyScopes() =>
        _rest.Queues.Broker.Broker.Definitions.Scopes.Count(scope => scope.Name.Kind == "request-key");

    private async Task<RestReply> Finish(Task<RestReply> waiting)
    {
        while (!waiting.IsCompleted)
        {
            _rest.Queues.Broker.Time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        return await waiting;
    }
}
