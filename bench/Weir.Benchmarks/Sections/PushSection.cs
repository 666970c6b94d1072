using System.Diagnostics;
using Weir.Benchmarks.Hosts;
using Weir.Benchmarks.Http;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>
/// A backlog pushed to an endpoint that answers at once, beside a client that posts the same bodies to the same one
/// with as many calls at once, and keeps no books.
/// </summary>
internal static class PushSection
{
    private const string Topic = "push";
    private const string Queue = "push";
    private const string Against = "HttpClient, no queue";

    /// <summary>Of a subscription, and of a webhook that does not say otherwise.</summary>
    private const int Calls = 10;

    private const int Publishers = 16;

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
            await RoundsAsync(
                bench, receiver, "SNS to an HTTP subscription",
                () => PublishAsync(weir, topics.Publish(Topic), bench.Options.PushMessages));
            _ = (await connection.SendAsync(weir.Requests.CreateQueue(Queue))).BodyOfSuccess;
            _ = (await connection.SendAsync(webhooks.Put(Queue, receiver.Address))).BodyOfSuccess;
            await RoundsAsync(
                bench, receiver, "a queue's webhook, signed",
                () => SqsDriver.FillAsync(weir, Queue, bench.Options.PushMessages));
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task RoundsAsync(Bench bench, PushReceiver receiver, string name, Func<Task> fillAsync)
    {
        var messages = bench.Options.PushMessages;
        var (weirs, ceilings) = (new List<double>(), new List<double>());
        for (var round = 1; round <= bench.Options.Rounds; round++)
        {
            bench.Say($"push, {name}, round {round} of {bench.Options.Rounds}");
            receiver.Hold();
            await fillAsync();
            var body = await receiver.SampleAsync;
            var clock = Stopwatch.StartNew();
            await receiver.LetGo(messages);
            weirs.Add(messages / clock.Elapsed.TotalSeconds);
            ceilings.Add(await PostAsync(receiver, body, messages));
        }

        bench.Add(new Row(SectionNames.Push, $"{name}, delivered", "messages/s", weirs)
        {
            Against = Against,
            Ceiling = ceilings,
            Goal = Goal.RatioAtLeast(0.2),
        });
    }

    private static async Task PublishAsync(ServerProcess weir, ReadOnlyMemory<byte> request, int messages)
    {
        var left = messages;
        await SqsDriver.EachAsync(weir, Publishers, async connection =>
        {
            while (Interlocked.Decrement(ref left) >= 0) _ = (await connection.SendAsync(request)).BodyOfSuccess;
        });
    }

    private static async Task<double> PostAsync(PushReceiver receiver, byte[] body, int messages)
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
                using var content = new ByteArrayContent(body);
                using var answer = await client.PostAsync(receiver.Address, content);
                answer.EnsureSuccessStatusCode();
            }
        }
    }
}
