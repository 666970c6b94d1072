using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class PublishToTopicOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync()
    {
        await _rest.Aws.CreateTopicAsync("news");
        await _rest.Aws.AddQueueAsync("news", "one");
        await _rest.Aws.AddQueueAsync("news", "two", ("RawMessageDelivery", "true"));
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_message_reaches_every_queue_and_each_delivery_has_its_status()
    {
        var reply = await _rest.PostAsync("/_weir/topics/news/messages", "hello", ("Idempotency-Key", "k"));

        Assert.Equal((202, 2), (reply.Status, reply.Json["count"]!.GetValue<int>()));
        Assert.Equal(["hello"], await _rest.Aws.MessagesAsync("one"));
        var states = new List<(string, string)>();
        foreach (var url in reply.Json["deliveries"]!.AsArray())
        {
            var status = await _rest.GetAsync(new Uri(url!.GetValue<string>()).AbsolutePath);
            Assert.Equal(reply.Json["messageId"]!.ToString(), status.Json["messageId"]!.ToString());
            states.Add((status.Json["queue"]!.ToString(), status.State));
        }

        Assert.Equal([("one", "delivered"), ("two", "accepted")], states.Order());
        var again = await _rest.PostAsync("/_weir/topics/news/messages", "hello", ("Idempotency-Key", "k"));
        Assert.Equal((reply.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
    }

    [Fact]
    public async Task A_duplicate_says_so_and_leads_to_the_first_one()
    {
        await _rest.Aws.CreateTopicAsync("steps.fifo", ("FifoTopic", "true"));
        await _rest.Aws.AddQueueAsync("steps.fifo", "steps.fifo");
        await _rest.Aws.AddQueueAsync("steps.fifo", "plain");
        const string Path = "/_weir/topics/steps.fifo/messages";
        (string, string)[] headers = [("Weir-Group-Id", "g"), ("Weir-Deduplication-Id", "1")];
        var first = await _rest.PostAsync(Path, "a", headers);
        var again = await _rest.PostAsync(Path, "a", [.. headers, ("Idempotency-Key", "k")]);
        var replayed = await _rest.PostAsync(Path, "a", [.. headers, ("Idempotency-Key", "k")]);

        Assert.False(first.Json.ContainsKey("duplicate"));
        Assert.Equal(2, first.Json["count"]!.GetValue<int>());
        Assert.True(again.Json["duplicate"]!.GetValue<bool>());
        Assert.Equal(first.Json["messageId"]!.ToString(), again.Json["messageId"]!.ToString());
        Assert.Contains(again.Json["status"]!.ToString(), first.Json["deliveries"]!.AsArray().Select(url => $"{url}"));
        Assert.Equal("accepted", (await _rest.GetAsync(again.StatusPath)).State);
        Assert.Equal((again.Text, "true"), (replayed.Text, replayed.Headers["Idempotency-Replayed"]));
    }

    [Fact]
    public async Task A_topic_that_is_not_there_is_not_found() =>
        Assert.Equal(404, (await _rest.PostAsync("/_weir/topics/none/messages", "x")).Status);
}
