using System.Text;
using Weir.Engine;
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
        var never = new MessageToken(new MessagePlace(1, 99), Guid.Empty);
        Assert.Equal(404, (await _rest.GetAsync($"/_weir/messages/{never}")).Status);
    }
}
