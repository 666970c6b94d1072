using System.Text;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Rest;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class GetStatusOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync()
    {
        await _rest.Queues.CreateAsync("dead");
        await _rest.Queues.CreateAsync("orders", (
            "RedrivePolicy",
            """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":1}"""));
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_message_is_accepted_delivered_and_completed()
    {
        var path = (await _rest.PostAsync("/_weir/queues/orders/messages", "a")).StatusPath;
        var states = new List<string> { (await _rest.GetAsync(path)).State };
        var message = await _rest.ReceiveAsync();
        var delivered = await _rest.GetAsync(path);
        await _rest.DeleteAsync(message);
        states.AddRange([delivered.State, (await _rest.GetAsync(path)).State]);
        await _rest.RestartAsync();
        states.Add((await _rest.GetAsync(path)).State);

        Assert.Equal(["accepted", "delivered", "completed", "completed"], states);
        Assert.Equal(1, delivered.Json["attempts"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_dead_letter_has_failed_and_leads_to_where_it_is()
    {
        var path = (await _rest.PostAsync("/_weir/queues/orders/messages", "a")).StatusPath;
        await _rest.ReceiveAsync();
        _rest.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Empty((await _rest.Queues.Broker.ReceiveAsync(TestRest.Orders)).Value);

        var failed = await _rest.GetAsync(path);
        Assert.Equal(("failed", "dead-lettered"), (failed.State, failed.Json["reason"]!.ToString()));
        var there = await _rest.GetAsync(new Uri(failed.Json["movedTo"]!["status"]!.ToString()).AbsolutePath);
        Assert.Equal(("accepted", "dead"), (there.State, there.Json["queue"]!.ToString()));
    }

    [Fact]
    public async Task What_is_no_message_of_the_account_is_not_found()
    {
        var path = (await _rest.PostAsync("/_weir/queues/orders/messages", "a")).StatusPath;
        var other = Convert.ToBase64String(Encoding.ASCII.GetBytes("123456789012:x"));
        Assert.Equal(404, (await _rest.GetAsync(path, ("Authorization", $"Basic {other}"))).Status);
        Assert.Equal(404, (await _rest.GetAsync(path[..^1] + (path[^1] == 'A' ? 'B' : 'A'))).Status);
        Assert.Equal(404, (await _rest.GetAsync("/_weir/messages/x")).Status);
        var tokens = new MessageTokenFormat(_rest.Queues.Broker.Broker);
        var never = tokens.Write(new MessageToken(new MessagePlace(1, 99), Guid.Empty), TestRest.Orders.Account);
        Assert.Equal(404, (await _rest.GetAsync($"/_weir/messages/{never}")).Status);
    }

    [Fact]
    public async Task That_a_queue_was_deleted_is_told_to_its_own_account()
    {
        var path = (await _rest.PostAsync("/_weir/queues/orders/messages", "a")).StatusPath;
        await _rest.Queues.Broker.Broker.ExecuteAsync(new DeleteQueueCommand(TestRest.Orders));
        var other = Convert.ToBase64String(Encoding.ASCII.GetBytes("123456789012:x"));
        Assert.Equal(404, (await _rest.GetAsync(path, ("Authorization", $"Basic {other}"))).Status);
        await _rest.RestartAsync();
        Assert.Equal("queue-deleted", (await _rest.GetAsync(path)).Json["reason"]!.ToString());
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("purge")]
    [InlineData("delete queue")]
    [InlineData("dead-letter")]
    public async Task Whoever_waits_is_woken_when_the_message_leaves(string way)
    {
        var path = (await _rest.PostAsync("/_weir/queues/orders/messages", "a")).StatusPath;
        var waiting = _rest.GetAsync(path, ("Prefer", "wait=20"));
        while (_rest.Queues.Broker.Broker.Figures.WaitingDepartures == 0) await Task.Yield();
        var message = await _rest.ReceiveAsync();
        var broker = _rest.Queues.Broker.Broker;
        if (way == "delete") await _rest.DeleteAsync(message);
        else if (way == "purge") await broker.ExecuteAsync(new PurgeQueueCommand(TestRest.Orders));
        else if (way == "delete queue") await broker.ExecuteAsync(new DeleteQueueCommand(TestRest.Orders));
        else await DeadLetterAsync(message);
        var (state, reason) = way switch
        {
            "delete" => ("completed", null),
            "purge" => ("failed", "purged"),
            "delete queue" => ("failed", "queue-deleted"),
            _ => ("failed", (string?)"dead-lettered"),
        };
        var reply = await waiting;
        Assert.Equal((state, reason), (reply.State, reply.Json["reason"]?.ToString()));
        Assert.Equal(0, _rest.Queues.Broker.Broker.Figures.WaitingDepartures);
    }

    [Fact]
    public async Task A_message_that_expires_is_noticed_while_nobody_looks_at_its_queue()
    {
        var path = (await _rest.PostAsync("/_weir/queues/orders/messages", "a")).StatusPath;
        var waiting = _rest.GetAsync(path, ("Prefer", "wait=20"));
        while (_rest.Queues.Broker.Broker.Figures.WaitingDepartures == 0) await Task.Yield();
        _rest.Queues.Broker.Time.Advance(TimeSpan.FromDays(5));
        Assert.Equal("expired", (await waiting).Json["reason"]!.ToString());
    }

    private async Task DeadLetterAsync(ReceivedMessage message)
    {
        await _rest.Queues.Broker.Broker.ExecuteAsync(new ChangeVisibilityCommand(
            TestRest.Orders, [new VisibilityChange(message.Lease.Receipt.ToString(), TimeSpan.Zero)]));
        Assert.Empty((await _rest.Queues.Broker.ReceiveAsync(TestRest.Orders)).Value);
    }
}
