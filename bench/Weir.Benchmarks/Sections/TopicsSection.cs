using System.Diagnostics;
using Weir.Benchmarks.Http;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>One message to many queues, and one event past many rules.</summary>
internal static class TopicsSection
{
    private const int Connections = 16;

    /// <summary>As many as a bus has.</summary>
    private const int Rules = 300;

    private const double Seconds = 4;

    private static readonly int[] Fans = [1, 10, 100];

    public static async Task RunAsync(Bench bench)
    {
        var directory = bench.NewDirectory("topics");
        var (weir, _) = await bench.Servers.StartWeirAsync(bench.Options.Weir, directory);
        await using (weir)
        {
            var requests = new TopicRequests(weir.Port);
            foreach (var fan in Fans) await SetUpTopicAsync(weir, requests, fan);
            await SetUpBusAsync(bench, weir, requests);
            var publishes = Fans.ToDictionary(fan => fan, _ => new List<double>());
            var events = new List<double>();
            for (var round = 1; round <= bench.Options.Rounds; round++)
            {
                foreach (var fan in Fans)
                {
                    bench.Say($"topics, {fan} queues, round {round} of {bench.Options.Rounds}");
                    publishes[fan].Add(await RateAsync(weir, requests.Publish(Topic(fan))));
                }

                bench.Say($"topics, {Rules} rules, round {round} of {bench.Options.Rounds}");
                events.Add(await RateAsync(weir, requests.PutEvent("bench", "kind-100")));
            }

            foreach (var fan in Fans) AddRows(bench, fan, publishes);
            bench.Add(new Row(SectionNames.Topics, $"PutEvents past {Rules:#,0} rules, one matches", "/s", events));
        }

        Directory.Delete(directory, recursive: true);
    }

    private static void AddRows(Bench bench, int fan, Dictionary<int, List<double>> publishes)
    {
        var rates = publishes[fan];
        var delivered = rates.Select(rate => rate * fan).ToList();
        bench.Add(
            new Row(SectionNames.Topics, $"publish to {fan} queues", "/s", rates)
            {
                Against = fan == 1 ? null : "to one queue",
                Ceiling = fan == 1 ? [] : publishes[1],

                // A publish to ten takes at most 2.5 times as long as one to one.
                Goal = fan == 10 ? Goal.RatioAtLeast(0.4) : null,
            },
            new Row(SectionNames.Topics, $"delivered to {fan} queues", "/s", delivered));
    }

    private static string Topic(int fan) => $"fan-{fan}";

    private static async Task SetUpTopicAsync(ServerProcess weir, TopicRequests requests, int fan)
    {
        using var connection = await HttpConnection.OpenAsync(weir.Port);
        _ = (await connection.SendAsync(requests.CreateTopic(Topic(fan)))).BodyOfSuccess;
        for (var i = 0; i < fan; i++)
        {
            var queue = $"{Topic(fan)}-{i}";
            _ = (await connection.SendAsync(weir.Requests.CreateQueue(queue))).BodyOfSuccess;
            _ = (await connection.SendAsync(requests.SubscribeRaw(Topic(fan), queue))).BodyOfSuccess;
        }
    }

    private static async Task SetUpBusAsync(Bench bench, ServerProcess weir, TopicRequests requests)
    {
        bench.Say($"topics, making {Rules} rules");
        using var connection = await HttpConnection.OpenAsync(weir.Port);
        _ = (await connection.SendAsync(weir.Requests.CreateQueue("events"))).BodyOfSuccess;
        _ = (await connection.SendAsync(requests.CreateBus("bench"))).BodyOfSuccess;
        for (var i = 0; i < Rules; i++)
        {
            var pattern = $$"""{"source":["bench"],"detail-type":["kind-{{i}}"]}""";
            _ = (await connection.SendAsync(requests.PutRule("bench", $"rule-{i}", pattern))).BodyOfSuccess;
        }

        _ = (await connection.SendAsync(requests.PutTarget("bench", "rule-100", "events"))).BodyOfSuccess;
    }

    private static async Task<double> RateAsync(ServerProcess weir, ReadOnlyMemory<byte> request)
    {
        var sent = 0;
        var clock = Stopwatch.StartNew();
        await SqsDriver.EachAsync(weir, Connections, async connection =>
        {
            for (; clock.Elapsed.TotalSeconds < Seconds; Interlocked.Increment(ref sent))
                _ = (await connection.SendAsync(request)).BodyOfSuccess;
        });
        return sent / clock.Elapsed.TotalSeconds;
    }
}
