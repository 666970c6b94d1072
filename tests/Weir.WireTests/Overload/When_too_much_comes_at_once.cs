using System.Globalization;
using Weir.WireTests.Clients;
using Weir.WireTests.Crash;
using Weir.WireTests.Hostile;
using Weir.WireTests.Server;

namespace Weir.WireTests.Overload;

/// <summary>
/// More than the server can take, beside clients that hold on to it: a thousand idle long polls, connections that stop
/// in the middle of a request, readers that never read, consumers that never delete. Memory stays bounded, what is not
/// taken is throttled by name, and what was acknowledged is there.
/// </summary>
[Collection(nameof(Alone))]
public sealed class When_too_much_comes_at_once
{
    private const int IdlePolls = 1_000;
    private const int HalfOpen = 100;
    private const int SlowReaders = 50;
    private const int Producers = 200;
    private const int SendsEach = 5;
    private const int TakenOfEach = 2;
    private const int BodyBytes = 900_000;
    private const long HeapMiB = 768;
    private const long ResidentMiBMax = 1_000;

    [Fact]
    public async Task It_is_taken_or_throttled_and_nothing_acknowledged_is_lost()
    {
        await using var server = await WeirServer.StartAsync(new Dictionary<string, string>
        {
            // Some eighteen of the producers' bodies: however quick the machine is, more than that are under way.
            ["WEIR__BodiesBytesMax"] = $"{16 << 20}",

            // What is in use must fit here; how much garbage lies about on a machine with more is not the question.
            ["DOTNET_GCHeapHardLimit"] = $"{HeapMiB << 20:x}",
        });
        var account = Account.Of("overload");
        var connection = new Connection(ClientKinds.DotNet, server.Url, account, "any secret", "us-east-1");
        var sqs = new SqsClient(connection, speaksJson: true, DotNetClient.Connect(connection));
        var (queue, idle, stalled) =
            (await sqs.CreateAsync("torrent"), await sqs.CreateAsync("idle"), await sqs.CreateAsync("stalled"));
        for (var i = 0; i < 20; i++) await sqs.SendAsync(stalled, new string('s', 200_000));
        var held = await HoldAsync(server.Port, account, idle, stalled);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Producers).Select(i => ProduceAsync(sqs, queue, i)));

        var sent = outcomes.SelectMany(one => one.Acknowledged).ToHashSet();
        var unknown = outcomes.SelectMany(one => one.Unknown).ToHashSet();
        var throttled = outcomes.Sum(one => one.Throttled);
        Assert.InRange(sent.Count, Producers * TakenOfEach, int.MaxValue);
        Assert.True(throttled > 0, "Nothing was throttled, so this was no overload.");
        Assert.InRange(PeakMiB(server.ProcessId), 1, ResidentMiBMax);
        foreach (var one in held) one.Dispose();

        // Who waited is served as ever, and everything acknowledged comes, once.
        await sqs.SendAsync(idle, "served");
        Assert.Equal("served", Assert.Single(await sqs.ReceiveAsync(idle, 20)).Text);
        var received = await DrainAsync(sqs, queue);
        Assert.Subset(received, sent);
        Assert.Subset(sent.Union(unknown).ToHashSet(), received);
        server.AssertNothingFailed();
    }

    private static async Task<List<RawConnection>> HoldAsync(int port, string account, string idle, string stalled)
    {
        var held = new List<RawConnection>();
        var poll = RawRequest.Json(account, "ReceiveMessage", $$"""{"QueueUrl":"{{idle}}","WaitTimeSeconds":20}""");
        var receive = RawRequest.Json(
            account, "ReceiveMessage",
            $$"""{"QueueUrl":"{{stalled}}","MaxNumberOfMessages":10,"VisibilityTimeout":0}""");
        for (var i = 0; i < IdlePolls + HalfOpen + SlowReaders; i++)
        {
            var connection = await RawConnection.OpenAsync(port);
            held.Add(connection);
            if (i < IdlePolls) await connection.SendAsync(poll);
            else if (i < IdlePolls + HalfOpen) await connection.SendAsync(poll.AsMemory(0, poll.Length / 2));
            else await connection.SendAsync(receive);
        }

        return held;
    }

    private static async Task<(List<string> Acknowledged, List<string> Unknown, int Throttled)> ProduceAsync(
        SqsClient sqs, string queue, int producer)
    {
        var (acknowledged, unknown, throttled) = (new List<string>(), new List<string>(), 0);
        // Refusals are quick: whoever counted them as tries would be done before anything was taken.
        for (var i = 0; i < SendsEach || acknowledged.Count < TakenOfEach; i++)
        {
            var key = $"{producer}/{i}";
            try
            {
                await sqs.SendAsync(queue, key.PadRight(BodyBytes, '.'));
                acknowledged.Add(key);
            }
            catch (SqsRefusedException refused)
            {
                Assert.Equal("RequestThrottled", refused.Code);
                throttled++;
            }
            catch (SqsUnknownOutcomeException)
            {
                // The refusal came while the body was still being sent, and the connection was closed under it.
                unknown.Add(key);
            }
        }

        return (acknowledged, unknown, throttled);
    }

    private static async Task<HashSet<string>> DrainAsync(SqsClient sqs, string queue)
    {
        var received = new HashSet<string>();
        while (await sqs.ReceiveAsync(queue, 1) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                Assert.True(received.Add(message.Text.TrimEnd('.')), "A message came twice.");
                await sqs.DeleteAsync(queue, message);
            }
        }

        return received;
    }

    private static long PeakMiB(int processId) => long.Parse(
        File.ReadLines($"/proc/{processId}/status")
            .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10;
}
