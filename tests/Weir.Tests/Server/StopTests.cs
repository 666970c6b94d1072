using System.Text.Json.Nodes;
using Weir.Server;
using Weir.Server.Cli.Client;
using Weir.Server.Health;
using Xunit;

namespace Weir.Tests.Server;

public sealed class StopTests
{
    [Fact]
    public async Task A_stop_ends_a_long_poll_with_an_answer_and_keeps_what_was_sent()
    {
        var directory = RunningServer.NewDirectory();
        try
        {
            string kept, empty;
            await using (var server = await RunningServer.StartAsync(directory: directory))
            {
                using var sqs = server.Sqs();
                kept = await CreateAsync(sqs, "kept");
                empty = await CreateAsync(sqs, "empty");
                await sqs.CallAsync("SendMessage", Message(kept), default);
                using var stop = new CancellationTokenSource();
                var running = server.Server.RunAsync(stop.Token);
                var poll = sqs.CallAsync(
                    "ReceiveMessage", new JsonObject { ["QueueUrl"] = empty, ["WaitTimeSeconds"] = 20 }, default);
                await WaitUntilWaitingAsync(server);

                await stop.CancelAsync();

                Assert.Equal(ExitCodes.Done, await running);
                Assert.Null((await poll)["Messages"]);
            }

            await using var again = await RunningServer.StartAsync(directory: directory);
            using var client = again.Sqs();
            var received = await client.CallAsync(
                "ReceiveMessage", new JsonObject { ["QueueUrl"] = Moved(kept, again) }, default);
            Assert.Equal("body", $"{received["Messages"]?[0]?["Body"]}");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_disk_that_fails_ends_the_server_with_a_code_of_its_own_and_acknowledges_nothing()
    {
        var disk = new BreakingDisk();
        await using var server = await RunningServer.StartAsync(disk: disk);
        using var sqs = server.Sqs();
        var url = await CreateAsync(sqs, "first");
        disk.Break();
        var running = server.Server.RunAsync(CancellationToken.None);

        await Assert.ThrowsAnyAsync<Exception>(() => sqs.CallAsync("SendMessage", Message(url), default));

        Assert.Equal(ExitCodes.DiskFailed, await running);
        Assert.True(server.Server.Failed.IsCompleted);
    }

    private static async Task<string> CreateAsync(SqsClient sqs, string name) =>
        $"{(await sqs.CallAsync("CreateQueue", new JsonObject { ["QueueName"] = name }, default))["QueueUrl"]}";

    private static JsonObject Message(string url) => new() { ["QueueUrl"] = url, ["MessageBody"] = "body" };

    /// <summary>The same queue on the port that the next server got.</summary>
    private static string Moved(string url, RunningServer server) =>
        new Uri(new Uri(server.Server.Endpoint), new Uri(url).AbsolutePath).ToString();

    /// <summary>The broker counts the receives that wait, so nobody has to guess when the poll has arrived.</summary>
    private static async Task WaitUntilWaitingAsync(RunningServer server)
    {
        while (server.Server.Figures.WaitingReceives == 0) await server.GetAsync(HealthAnswers.LivePath);
    }
}
