using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Fifo;

/// <summary>A receive whose answer was lost is tried again under the same attempt id.</summary>
public sealed class When_a_receive_is_tried_again(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task The_same_attempt_gives_the_same_messages(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("attempt.fifo", ("ContentBasedDeduplication", "true"));
        await sqs.SendAsync(queue, "first", "group");
        await sqs.SendAsync(queue, "second", "group");

        var lost = await sqs.ReceiveAsync(queue, more: Attempt("attempt-1"));
        var again = await sqs.ReceiveAsync(queue, more: Attempt("attempt-1"));

        Assert.Equal(2, lost.Count);
        Assert.Equal(lost.Select(message => message.Id), again.Select(message => message.Id));
        foreach (var message in again) await sqs.DeleteAsync(queue, message);
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
    }

    [Theory, BothProtocols]
    public async Task Another_attempt_gets_nothing_of_the_group(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("other-attempt.fifo", ("ContentBasedDeduplication", "true"));
        await sqs.SendAsync(queue, "first", "group");
        Assert.Single(await sqs.ReceiveAsync(queue, more: Attempt("attempt-1")));

        Assert.Empty(await sqs.ReceiveAsync(queue, more: Attempt("attempt-2")));
    }

    [Theory, BothProtocols]
    public async Task An_attempt_id_that_is_none_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("no-attempt.fifo");
        foreach (var attempt in new[] { new string('a', 129), "a space", "ünï" })
        {
            var input = Attempt(attempt).With(new() { ["QueueUrl"] = queue });
            await sqs.RefusesAsync(SqsError.InvalidParameterValue, "ReceiveMessage", input);
        }
    }

    private static JsonObject Attempt(string id) => new() { ["ReceiveRequestAttemptId"] = id };
}
