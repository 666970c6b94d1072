using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class ListFailuresOperationTests : IAsyncLifetime
{
    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync() => await _rest.Queues.CreateAsync("orders");

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task Each_cause_is_a_group_with_the_filter_that_chooses_it()
    {
        await DeadLetterAsync("first", 2);
        await DeadLetterAsync("second", 1);
        await _rest.PostAsync("/_weir/queues/orders/messages", "a", ("Weir-Attribute-ERROR_CODE", "NO_PERMISSIONS"),
            ("Weir-Attribute-ERROR_MESSAGE", "not allowed"));
        await _rest.Queues.SendAsync("nobody knows");

        var report = (await _rest.GetAsync("/_weir/queues/orders/failures")).Json;

        Assert.Equal((5, true), ((int)report["lookedAt"]!, (bool)report["complete"]!));
        var groups = report["groups"]!.AsArray();
        Assert.Equal(
            [
                ("first", "ReceivedTooOften", null, 2), (null, "NO_PERMISSIONS", "not allowed", 1),
                (null, null, null, 1),
                ("second", "ReceivedTooOften", null, 1),
            ],
            groups
                .Select(group => (
                    (string?)group!["source"], (string?)group["cause"], (string?)group["error"], (int)group["count"]!))
                .OrderByDescending(group => group.Item4)
                .ThenBy(group => $"{group.Item1}{group.Item2 ?? "O"}", StringComparer.Ordinal));
        foreach (var group in groups)
        {
            var where = Uri.EscapeDataString(group!["where"]!.ToJsonString());
            var page = (await _rest.GetAsync($"/_weir/queues/orders/messages?where={where}")).Json;
            Assert.Equal(
                group["examples"]!.AsArray().Select(id => (string?)id),
                page["messages"]!.AsArray().Select(message => (string?)message!["id"]));
        }
    }

    [Fact]
    public async Task An_empty_queue_has_none()
    {
        var report = (await _rest.GetAsync("/_weir/queues/orders/failures")).Json;
        Assert.Empty(report["groups"]!.AsArray());
        Assert.True((bool)report["complete"]!);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_not_found() =>
        Assert.Equal(404, (await _rest.GetAsync("/_weir/queues/none/failures")).Status);

    private async Task DeadLetterAsync(string source, int count)
    {
        await _rest.Queues.CreateAsync(source, ("RedrivePolicy",
            $$"""{"deadLetterTargetArn":"{{TestSqs.OrdersArn}}","maxReceiveCount":1}"""), ("VisibilityTimeout", "0"));
        var url = TestSqs.OrdersUrl.Replace("orders", source, StringComparison.Ordinal);
        for (var i = 0; i < count; i++) await _rest.Queues.SendAsync("x", url);
        for (var i = 0; i < 2; i++) await _rest.Queues.ReceiveAsync(url);
    }

    [Fact]
    public async Task Of_long_texts_the_beginning_is_told_and_chooses_them()
    {
        var code = new string('c', 5_000);
        await _rest.PostAsync("/_weir/queues/orders/messages", "a", ("Weir-Attribute-ERROR_CODE", code + "1"),
            ("Weir-Attribute-ERROR_MESSAGE", new string('m', 9_000)));
        await _rest.PostAsync("/_weir/queues/orders/messages", "b", ("Weir-Attribute-ERROR_CODE", code + "2"));

        var group = Assert.Single((await _rest.GetAsync("/_weir/queues/orders/failures")).Json["groups"]!.AsArray())!;

        Assert.Equal((2, code[..256]), ((int)group["count"]!, (string?)group["cause"]));
        Assert.Equal(256, ((string?)group["error"])!.Length);
        var where = Uri.EscapeDataString(group["where"]!.ToJsonString());
        var page = (await _rest.GetAsync($"/_weir/queues/orders/messages?where={where}")).Json;
        Assert.Equal(2, page["messages"]!.AsArray().Count);
    }
}
