using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class PostReplyOperationTests : IAsyncLifetime
{
    private const string Path = "/_weir/queues/orders/messages";

    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync() => await _rest.Queues.CreateAsync("orders");

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_message_carries_where_to_reply_to_and_the_status_shows_the_reply()
    {
        var sent = await _rest.PostAsync(Path, "question", ("Weir-Reply", "true"));
        var to = TestRest.Attribute(await _rest.ReceiveAsync(), "weir-reply-to");
        Assert.Equal(sent.Json["reply"]!.ToString(), to);
        Assert.True((await _rest.GetAsync(sent.StatusPath)).Json.ContainsKey("reply"));

        Assert.Equal(204, (await _rest.PostAsync(new Uri(to!).AbsolutePath, "42", ("Content-Type", "text/x"))).Status);

        Assert.Equal(to, (await _rest.GetAsync(sent.StatusPath)).Json["reply"]!.ToString());
        Assert.Equal(409, (await _rest.PostAsync(new Uri(to!).AbsolutePath, "43")).Status);
    }

    [Fact]
    public async Task The_sender_who_waits_is_sent_to_the_reply()
    {
        var waiting = _rest.PostAsync(Path, "question", ("Weir-Reply", "true"), ("Prefer", "wait=10"));
        while (_rest.Queues.Broker.Broker.Figures.WaitingDepartures == 0) await Task.Yield();
        var message = await _rest.ReceiveAsync();
        var to = TestRest.Attribute(message, "weir-reply-to");
        await _rest.PostAsync(new Uri(to!).AbsolutePath, "42");
        var reply = await waiting;
        Assert.Equal((303, to), (reply.Status, reply.Headers["Location"]));
    }

    [Fact]
    public async Task The_sender_who_waits_goes_on_waiting_for_the_reply_to_a_message_that_was_deleted()
    {
        var waiting = _rest.PostAsync(Path, "question", ("Weir-Reply", "true"), ("Prefer", "wait=10"));
        while (_rest.Queues.Broker.Broker.Figures.WaitingDepartures == 0) await Task.Yield();
        var message = await _rest.ReceiveAsync();
        await _rest.DeleteAsync(message);
        await _rest.PostAsync(new Uri(TestRest.Attribute(message, "weir-reply-to")!).AbsolutePath, "42");
        Assert.Equal(303, (await waiting).Status);
    }

    [Fact]
    public async Task Replies_that_nobody_gave_are_expected_for_a_day_and_then_forgotten()
    {
        await _rest.PostAsync(Path, "question", ("Weir-Reply", "true"));
        _rest.Queues.Broker.Time.Advance(TimeSpan.FromHours(26));
        await _rest.PostAsync(Path, "question", ("Weir-Reply", "true"));
        Assert.Single(_rest.Queues.Broker.Broker.Definitions.Scopes, scope => scope.Name.Kind == "reply");
    }

    [Fact]
    public async Task A_reply_that_nobody_asked_for_is_refused()
    {
        var sent = await _rest.PostAsync(Path, "statement");
        var message = await _rest.ReceiveAsync();
        Assert.Null(TestRest.Attribute(message, "weir-reply-to"));
        Assert.Equal(404, (await _rest.PostAsync($"/_weir/replies/{sent.Json["messageId"]}", "42")).Status);
        Assert.Equal(404, (await _rest.PostAsync("/_weir/replies/x", "42")).Status);
    }

    [Theory]
    [InlineData("text/pl\u00e4n")]
    [InlineData("text")]
    public async Task A_content_type_that_no_answer_can_have_is_refused(string type)
    {
        await _rest.PostAsync(Path, "question", ("Weir-Reply", "true"));
        var to = new Uri(TestRest.Attribute(await _rest.ReceiveAsync(), "weir-reply-to")!).AbsolutePath;

        Assert.Equal(400, (await _rest.PostAsync(to, "42", ("Content-Type", type))).Status);
        Assert.Equal(204, (await _rest.PostAsync(to, "42", ("Content-Type", "text/plain"))).Status);
    }
}
