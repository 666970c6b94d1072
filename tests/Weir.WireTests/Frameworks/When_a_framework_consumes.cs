using System.Diagnostics;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Frameworks;

/// <summary>
/// A framework that people build consumers with, as it comes from npm: it polls, deletes what was handled, and makes
/// what was not visible again at once.
/// </summary>
public sealed class When_a_framework_consumes(SharedServer server)
{
    [Fact]
    public async Task Sqs_consumer_handles_each_message_and_what_fails_is_dead_lettered()
    {
        var account = Account.Of(nameof(When_a_framework_consumes), "sqs-consumer");
        var sqs = server.Client(ClientKinds.DotNet, account);
        var letters = await sqs.CreateAsync("letters");
        var queue = await sqs.CreateAsync("work", ("RedrivePolicy", QueueCalls.Redrive(sqs.ArnOf(letters), 2)));
        for (var i = 0; i < 25; i++) await sqs.SendAsync(queue, $"good {i}");
        await sqs.SendAsync(queue, "bad");
        var script = Path.Combine(Programs.TestDirectory, "js", "consumer.mjs");
        using var consumer = Process.Start(Programs.Node.With(script, server.Weir.Url.AbsoluteUri, account, queue))!;

        var handled = new HashSet<string>();
        while (handled.Count < 25)
        {
            var line = await consumer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            Assert.True(handled.Add(line), $"{line} came twice");
        }

        Assert.Equal("bad", (await sqs.ReceiveOneAsync(letters)).Text);
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
        consumer.StandardInput.Close();
        await consumer.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
