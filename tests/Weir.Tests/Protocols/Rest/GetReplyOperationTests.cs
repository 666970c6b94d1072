using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class GetReplyOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync() => await _rest.Queues.CreateAsync("orders");

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_reply_is_given_as_it_was_sent_for_a_day_and_across_a_restart()
    {
        var sent = await _rest.PostAsync("/_weir/queues/orders/messages", "q", ("Weir-Reply", "true"));
        var path = new Uri(sent.Json["reply"]!.ToString()).AbsolutePath;
        Assert.Equal(404, (await _rest.GetAsync(path)).Status);
        byte[] answer = [0, 0xFF, 10];
        await _rest.SendAsync("POST", path, answer, ("Content-Type", "image/png"));

        await _rest.RestartAsync();
        var reply = await _rest.GetAsync(path);
        Assert.Equal((200, "image/png"), (reply.Status, reply.Headers["Content-Type"]));
        Assert.Equal(answer, reply.Body);
        Assert.Equal("nosniff", reply.Headers["X-Content-Type-Options"]);

        _rest.Queues.Broker.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(404, (await _rest.GetAsync(path)).Status);
    }
}
