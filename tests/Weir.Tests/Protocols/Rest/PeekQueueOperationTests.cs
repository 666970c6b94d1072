using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class PeekQueueOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync() => await _rest.Queues.CreateAsync("orders");

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task It_shows_messages_and_leases_none()
    {
        await _rest.PostAsync("/_weir/queues/orders/messages", "a", ("Weir-Attribute-kind", "dear"));
        await _rest.Queues.SendAsync("b");
        await _rest.Queues.SendAsync("c");
        Assert.Single(await _rest.Queues.ReceiveAsync(max: 1));

        var first = (await _rest.GetAsync("/_weir/queues/orders/messages?peek=2")).Json;
        var messages = first["messages"]!.AsArray();
        Assert.Equal(["a", "b"], messages.Select(message => (string?)message!["body"]));
        Assert.Equal([1, 0], messages.Select(message => (int)message!["receives"]!));
        Assert.Equal("dear", (string?)messages[0]!["attributes"]!["kind"]);

        var rest = (await _rest.GetAsync($"/_weir/queues/orders/messages?after={first["next"]}")).Json;
        Assert.Equal(["c"], rest["messages"]!.AsArray().Select(message => (string?)message!["body"]));
        Assert.Equal(["b", "c"], (await _rest.Queues.ReceiveAsync()).Select(message => message.Text("Body")));
    }

    [Fact]
    public async Task A_dead_letter_says_where_it_failed()
    {
        await _rest.Queues.CreateAsync("source", ("RedrivePolicy",
            $$"""{"deadLetterTargetArn":"{{TestSqs.OrdersArn}}","maxReceiveCount":1}"""), ("VisibilityTimeout", "0"));
        var url = TestSqs.OrdersUrl.Replace("orders", "source", StringComparison.Ordinal);
        await _rest.Queues.SendAsync("x", url);
        await _rest.Queues.ReceiveAsync(url);
        await _rest.Queues.ReceiveAsync(url);

        var page = (await _rest.GetAsync("/_weir/queues/orders/messages")).Json;
        var message = Assert.Single(page["messages"]!.AsArray());
        Assert.Equal(("source", 1), ((string?)message!["source"], (int)message["receives"]!));
        Assert.Equal("ReceivedTooOften", (string?)message["cause"]);
    }

    [Theory]
    [InlineData("""{"body":{"kind":["a"]}}""", 1)]
    [InlineData("""{"attributes":{"tone":["dear"]}}""", 2)]
    [InlineData("""{"receives":[{"numeric":[">",0]}]}""", 0)]
    [InlineData("""{"source":[{"exists":false}]}""", 3)]
    [InlineData("""{"body":["text"]}""", 1)]
    public async Task Only_those_that_a_filter_wants_are_shown(string where, int count)
    {
        await _rest.PostAsync("/_weir/queues/orders/messages", """{"kind":"a"}""", ("Weir-Attribute-tone", "dear"));
        await _rest.PostAsync("/_weir/queues/orders/messages", """{"kind":"b"}""", ("Weir-Attribute-tone", "dear"));
        await _rest.Queues.SendAsync("text");

        var query = Uri.EscapeDataString(where);
        var page = (await _rest.GetAsync($"/_weir/queues/orders/messages?where={query}")).Json;

        Assert.Equal(count, page["messages"]!.AsArray().Count);
        Assert.Equal(3, (int)page["next"]!);
    }

    [Theory]
    [InlineData("where=%7B")]
    [InlineData("where=%7B%22body%22%3A1%7D")]
    [InlineData("peek=0")]
    [InlineData("peek=101")]
    [InlineData("peek=x")]
    [InlineData("after=-1")]
    public async Task What_is_no_number_in_its_range_is_refused(string query) =>
        Assert.Equal(400, (await _rest.GetAsync($"/_weir/queues/orders/messages?{query}")).Status);

    [Fact]
    public async Task A_queue_that_is_not_there_is_not_found() =>
        Assert.Equal(404, (await _rest.GetAsync("/_weir/queues/none/messages")).Status);
}
