using System.Diagnostics;
using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Hostile;
using Weir.WireTests.Server;

namespace Weir.WireTests.Lifetime;

/// <summary>
/// A receiver hangs up while it waits. What would be leased to it is for the next one at once, not after a visibility
/// timeout that nobody is left to see. The server has noticed that it went before the message is sent: an answer that
/// the system took for a connection which was just then cut is beyond what is promised. The server is the test's own,
/// so that those who wait on it can be counted.
/// </summary>
public sealed class When_a_client_goes_away(OwnServer server) : IClassFixture<OwnServer>
{
    private const int Rounds = 10;

    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("closed", false)]
    [InlineData("reset", true)]
    public async Task The_next_receiver_gets_the_message_at_once(string name, bool reset)
    {
        var sqs = server.Client(ClientKinds.DotNet, Account.Of("gone"));
        var queue = await sqs.CreateAsync(name, ("VisibilityTimeout", "43200"));
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            using var gone = await WaitingAsync(sqs, queue);
            if (reset) gone.Reset();
            else gone.Dispose();
            await WaitersAsync(0);

            await sqs.SendAsync(queue, $"{round}");
            var received = await sqs.ReceiveOneAsync(queue);

            Assert.Equal($"{round}", received.Text);
            Assert.True(clock.Elapsed < Prompt, $"Round {round}: the message came only after {clock.Elapsed}.");
            await sqs.DeleteAsync(queue, received);
        }
    }

    [Fact]
    public async Task Of_many_that_went_none_keeps_a_message()
    {
        var sqs = server.Client(ClientKinds.DotNet, Account.Of("gone"));
        var queue = await sqs.CreateAsync("many", ("VisibilityTimeout", "43200"));
        var gone = new List<RawConnection>();
        for (var i = 0; i < Rounds; i++) gone.Add(await WaitingAsync(sqs, queue, i + 1));
        foreach (var connection in gone) connection.Reset();
        await WaitersAsync(0);
        for (var i = 0; i < Rounds; i++) await sqs.SendAsync(queue, $"{i}");

        var received = await sqs.ReceiveManyAsync(queue, Rounds);

        Assert.Equal(Rounds, received.Select(message => message.Text).Distinct().Count());
    }

    /// <summary>Completes when as many receives wait as there should be.</summary>
    private async Task WaitersAsync(int count)
    {
        using var http = new HttpClient { BaseAddress = server.Weir.Url };
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        using var limit = new CancellationTokenSource(Prompt);
        while (true)
        {
            var status = JsonNode.Parse(await http.GetStringAsync("/_weir/status", limit.Token))!;
            if (status["waiting"]!["receives"]!.GetValue<int>() == count) return;
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>
    /// A connection on which a receive is waiting. It is sent together with another request ahead of it, and that
    /// one's answer tells that the server has turned to it.
    /// </summary>
    private async Task<RawConnection> WaitingAsync(SqsClient sqs, string queue, int waiters = 1)
    {
        var connection = await RawConnection.OpenAsync(server.Weir.Port);
        await connection.SendAsync((byte[])
        [
            .. RawRequest.Json(sqs.Account, "ListQueues", "{}"),
            .. RawRequest.Json(sqs.Account, "ReceiveMessage", $$"""{"QueueUrl":"{{queue}}","WaitTimeSeconds":20}"""),
        ]);
        Assert.Equal(200, (await connection.ReadAsync())?.Status);
        await WaitersAsync(waiters);
        return connection;
    }
}
