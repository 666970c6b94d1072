using Weir.WireTests.Clients;
using Weir.WireTests.Power;
using Weir.WireTests.Server;

namespace Weir.WireTests.Crash;

/// <summary>EIO from a write or a sync: the real server acknowledges nothing more, says why, and ends.</summary>
[Collection(nameof(Alone))]
public sealed class When_the_disk_fails
{
    private const int DiskFailed = 70;

    [Theory]
    [InlineData("sync", 1)]
    [InlineData("sync", 20)]
    [InlineData("write", 1)]
    [InlineData("write", 20)]
    public async Task Nothing_more_is_acknowledged_the_server_ends_and_the_restart_is_clean(string call, int count)
    {
        using var power = new PowerSwitch();
        await using var server = await WeirServer.StartAsync(power.Environment);
        var connection = new Connection(ClientKinds.DotNet, server.Url, Account.Of("eio"), "any secret", "us-east-1");
        var sqs = new SqsClient(connection, speaksJson: true, DotNetClient.Connect(connection));
        var queue = await sqs.CreateAsync("orders");
        power.Fail(call, count);
        var (acknowledged, unknown) = await SendUntilItFailsAsync(sqs, queue);

        Assert.Equal(DiskFailed, await server.ExitCodeAsync());
        Assert.Contains(server.Log.Lines(), line =>
            line.Contains("Nothing more is acknowledged", StringComparison.Ordinal)
            && line.Contains("Input/output error", StringComparison.Ordinal));
        server.Log.Forgive();
        await power.LoseAsync(server.Data, seed: 1);
        await server.StartAgainAsync();
        var stored = await DrainAsync(sqs, queue);

        Assert.Subset(stored, acknowledged);
        Assert.Subset(acknowledged.Append(unknown).ToHashSet(), stored);
    }

    private static async Task<(HashSet<string> Acknowledged, string Unknown)> SendUntilItFailsAsync(
        SqsClient sqs, string queue)
    {
        var acknowledged = new HashSet<string>();
        for (var i = 0; ; i++)
        {
            Assert.True(i < 10_000, "No call of the disk failed.");
            try
            {
                await sqs.SendAsync(queue, $"message {i}");
                acknowledged.Add($"message {i}");
            }
            catch (Exception failure) when (failure is SqsRefusedException or SqsUnknownOutcomeException)
            {
                return (acknowledged, $"message {i}");
            }
        }
    }

    private static async Task<HashSet<string>> DrainAsync(SqsClient sqs, string queue)
    {
        var stored = new HashSet<string>();
        while (await sqs.ReceiveAsync(queue, 1) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                Assert.True(stored.Add(message.Text), $"{message.Text} came twice.");
                await sqs.DeleteAsync(queue, message);
            }
        }

        return stored;
    }
}
