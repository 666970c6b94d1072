using System.Diagnostics;
using System.Security.Cryptography;
using Weir.Benchmarks.Hosts;
using Weir.Benchmarks.Http;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>
/// A backlog pushed to an endpoint that answers at once, beside a client that posts the same bodies to the same
/// endpoint with as many calls at once, and keeps no books. For SNS it signs them as well: RSA takes many times what
/// all else does.
/// </summary>
internal static class PushSection
{
    private const string Topic = "push";
    private const string Queue = "push";

    /// <summary>Of a subscription, and of a webhook that does not say otherwise.</summary>
    private const int Calls = 10;

    private const int Publishers = 16;

    /// <summary>So many times fewer messages where each is signed.</summary>
    private const int SignatureShare = 5;

    private const int KeyBits = 2048;

    public static async Task RunAsync(Bench bench)
    {
        var directory = bench.NewDirectory("push");
        var (weir, _) = await bench.Servers.StartWeirAsync(bench.Options.Weir, directory);
        await using var receiver = await PushReceiver.StartAsync();
        await using (weir)
        {
            var topics = new TopicRequests(weir.Port);
            var webhooks = new WebhookRequests(weir.Port);
            using var connection = await HttpConnection.OpenAsync(weir.Port);
            _ = (await connection.SendAsync(topics.CreateTopic(Topic))).BodyOfSuccess;
            _ = (await connection.SendAsync(topics.SubscribeHttp(Topic, receiver.Address))).BodyOfSuccess;
            await receiver.IsConfirmed.Task;
            var signed = bench.Options.PushMessages / SignatureShare;
            await RoundsAsync(
                bench, weir, receiver, "SNS to an HTTP subscription", signed, isSigned: true,
                () => PublishAsync(weir, topics.Publish(Topic), signed));
            _ = (await connection.SendAsync(weir.Requests.CreateQueue(Queue))).BodyOfSuccess;
            _ = (await connection.SendAsync(webhooks.Put(Queue, receiver.Address))).BodyOfSuccess;
            await RoundsAsync(
                bench, weir, receiver, "a queue's webhook", bench.Options.PushMessages, isSigned: false,
                () => SqsDriver.FillAsync(weir, Queue, bench.Options.PushMessages));
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task RoundsAsync(
        Bench bench, ServerProcess weir, PushReceiver receiver, string name, int messages, bool isSigned,
        Func<Task> fillAsync)
    {
        using var key = isSigned ? RSA.Create(KeyBits) : null;
        var (weirs, ceilings, works) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= bench.Options.Rounds; round++)
        {
            bench.Say($"push, {name}, round {round} of {bench.Options.Rounds}");
            receiver.Hold();
            await fillAsync();
            var body = await receiver.SampleAsync;
            var (clock, work) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(weir.Process.Id));
            await receiver.LetGo(messages);
            weirs.Add(messages / clock.Elapsed.TotalSeconds);
            works.Add((ProcessFigures.CpuTime(weir.Process.Id) - work).TotalMicroseconds / messages);
            ceilings.Add(await PostAsync(receiver, body, messages, key));
        }

        bench.Add(new Row(SectionNames.Push, $"{name}, delivered", "messages/s", weirs)
        {
            Against = isSigned ? "HttpClient that signs, no queue" : "HttpClient, no queue",
            Ceiling = ceilings,
            Goal = Goal.RatioAtLeast(0.2),
        });
        bench.Add(new Row(SectionNames.Push, $"{name}, processor time of the server", "us/message", works));
    }

    private static async Task PublishAsync(ServerProcess weir, ReadOnlyMemory<byte> request, int messages)
    {
        var left = messages;
        await SqsDriver.EachAsync(weir, Publishers, async connection =>
        {
            while (Interlocked.Decrement(ref left) >= 0) _ = (await connection.SendAsync(request)).BodyOfSuccess;
        });
    }

    private static async Task<double> PostAsync(PushReceiver receiver, byte[] body, int messages, RSA? key)
    {
        using var client = new HttpClient();
        var left = messages;
        var arrived = receiver.LetGo(messages);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => Task.Run(CallAsync)));
        await arrived;
        return messages / clock.Elapsed.TotalSeconds;

        async Task CallAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                _ = key?.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
                using var content = new ByteArrayContent(body);
                using var answer = await client.PostAsync(receiver.Address, content);
                answer.EnsureSuccessStatusCode();
            }
        }
    }
}
