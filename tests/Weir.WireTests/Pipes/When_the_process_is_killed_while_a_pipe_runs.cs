using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Pipes;

public sealed class When_the_process_is_killed_while_a_pipe_runs(OwnServer server) : IClassFixture<OwnServer>
{
    private const int Kills = 5;
    private const int MessagesPerKill = 100;

    [Fact]
    public async Task Each_message_arrives_once()
    {
        var sqs = server.Client(ClientKinds.DotNet, "000000000000");
        var pipes = server.Client(ClientKinds.Boto3, "000000000000");
        var (from, to) = (await sqs.CreateAsync("from"), await sqs.CreateAsync("to"));
        await pipes.CallAsync("pipes.CreatePipe", new JsonObject
        {
            ["Name"] = "p", ["Source"] = sqs.ArnOf(from), ["Target"] = sqs.ArnOf(to),
            ["RoleArn"] = "arn:aws:iam::000000000000:role/any", ["DesiredState"] = "STOPPED",
            ["SourceParameters"] = JsonNode.Parse("""{"SqsQueueParameters":{"BatchSize":1}}"""),
            ["TargetParameters"] = new JsonObject { ["InputTemplate"] = "<$.body>" },
        });
        for (var kill = 0; kill < Kills; kill++)
        {
            for (var i = 0; i < MessagesPerKill; i += 10) await SendTenAsync(sqs, from, (kill * MessagesPerKill) + i);
            await pipes.CallAsync("pipes.StartPipe", new JsonObject { ["Name"] = "p" });

            // Killed while it passes on: some have arrived, and not all of this round.
            while ((await sqs.CountersAsync(to)).Visible <= kill * MessagesPerKill) { }
            await server.Weir.KillAsync();
            await server.Weir.StartAgainAsync();
        }

        while ((await sqs.CountersAsync(to)).Visible < Kills * MessagesPerKill) { }
        var arrived = new List<string>();
        while (arrived.Count < Kills * MessagesPerKill)
            arrived.AddRange((await sqs.ReceiveManyAsync(to, 10)).Select(message => message.Text));
        Assert.Equal(Kills * MessagesPerKill, arrived.Distinct().Count());
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(from));
        Assert.Equal(0, (await sqs.CountersAsync(to)).Visible);
    }

    private static Task<JsonObject> SendTenAsync(SqsClient sqs, string queue, int first) => sqs.SendBatchAsync(queue,
        [.. Enumerable.Range(first, 10).Select(i => new JsonObject { ["Id"] = $"i{i}", ["MessageBody"] = $"{i}" })]);
}
