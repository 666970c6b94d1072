using System.Diagnostics;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Messages;

/// <summary>
/// A long poll. That it waits at all is told by what it answers, not by a clock: only an upper bound, far below the
/// longest wait, tells a prompt answer from one that came with the end of the wait.
/// </summary>
public sealed class When_a_receive_waits(SharedServer server)
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(10);

    [Theory, BothProtocols]
    public async Task A_message_that_is_sent_meanwhile_ends_the_wait(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("sent-meanwhile");
        var clock = Stopwatch.StartNew();
        var waiting = sqs.ReceiveAsync(queue, MessageCalls.LongestWait);

        await sqs.SendAsync(queue, "at last");

        Assert.Equal("at last", Assert.Single(await waiting).Text);
        Assert.True(clock.Elapsed < Prompt, $"The message came only after {clock.Elapsed}.");
    }

    [Theory, BothProtocols]
    public async Task One_message_goes_to_one_of_many_that_wait(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("many-waiting");
        Task<IReadOnlyList<Received>>[] waiting =
            [.. Enumerable.Range(0, 5).Select(_ => sqs.ReceiveAsync(queue, 2))];

        await sqs.SendAsync(queue, "for one");

        var received = await Task.WhenAll(waiting);
        Assert.Equal("for one", Assert.Single(received.SelectMany(messages => messages)).Text);
    }

    [Theory, BothProtocols]
    public async Task It_ends_empty_when_its_time_is_over(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("nothing-comes");

        Assert.Empty(await sqs.ReceiveAsync(queue, wait: 1));
    }

    [Theory, BothProtocols]
    public async Task The_queues_own_wait_holds_where_the_receive_names_none(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync(
            "queue-waits", ("ReceiveMessageWaitTimeSeconds", "20"), ("DelaySeconds", "1"));
        await sqs.SendAsync(queue, "in a second");

        var answer = await sqs.CallAsync("ReceiveMessage", new() { ["QueueUrl"] = queue });

        Assert.Single(answer["Messages"]!.AsArray());
    }

    [Theory, BothProtocols]
    public async Task A_wait_of_zero_overrides_the_queues_own(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("queue-waits-not", ("ReceiveMessageWaitTimeSeconds", "20"));
        var clock = Stopwatch.StartNew();

        await sqs.NothingIsReceivedAsync(queue);

        Assert.True(clock.Elapsed < Prompt, $"The receive waited {clock.Elapsed}.");
    }

    [Theory, BothProtocols]
    public async Task A_message_whose_lease_ends_meanwhile_is_received(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("returned-meanwhile");
        await sqs.SendAsync(queue, "again");
        var first = await sqs.ReceiveOneAsync(queue);
        var waiting = sqs.ReceiveAsync(queue, MessageCalls.LongestWait);

        await sqs.ChangeVisibilityAsync(queue, first, 0);

        Assert.Equal(first.Id, Assert.Single(await waiting).Id);
    }
}
