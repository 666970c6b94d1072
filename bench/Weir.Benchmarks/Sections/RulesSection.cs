using System.Diagnostics;
using Weir.Benchmarks.Http;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>
/// Events past a thousand rules: a bus has 300 at most, so each request puts one event on each of four buses with 250
/// rules, beside four buses with one rule. One rule of a bus matches, and has a queue.
/// </summary>
internal static class RulesSection
{
    private const int Connections = 16;
    private const int Buses = 4;
    private const int RulesOfBus = 250;
    private const string Kind = "kind-100";
    private const string MatchingRule = "rule-100";

    private static readonly string[] Many = [.. Enumerable.Range(0, Buses).Select(static i => $"many-{i}")];
    private static readonly string[] Few = [.. Enumerable.Range(0, Buses).Select(static i => $"few-{i}")];

    public static async Task RunAsync(Bench bench)
    {
        var directory = bench.NewDirectory("rules");
        var (weir, _) = await bench.Servers.StartWeirAsync(bench.Options.Weir, directory);
        await using (weir)
        {
            var requests = new TopicRequests(weir.Port);
            bench.Say($"rules, making {Buses * RulesOfBus:#,0}");
            foreach (var bus in Many) await SetUpAsync(weir, requests, bus, Enumerable.Range(0, RulesOfBus));
            foreach (var bus in Few) await SetUpAsync(weir, requests, bus, [100]);
            var seconds = bench.Options.RoundSeconds;
            _ = await RateAsync(weir, requests.PutEvents(Many, Kind), seconds);
            var (few, many) = await bench.InTurnAsync(
                "rules",
                () => RateAsync(weir, requests.PutEvents(Few, Kind), seconds),
                () => RateAsync(weir, requests.PutEvents(Many, Kind), seconds));
            var name = $"PutEvents, {Buses} events past {Buses * RulesOfBus:#,0} rules";
            bench.Add(new Row(SectionNames.Rules, name, "requests/s", many)
            {
                Against = $"past {Buses} rules",
                Ceiling = few,
                Goal = Goal.RatioAtLeast(0.8),
            });
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task SetUpAsync(
        ServerProcess weir, TopicRequests requests, string bus, IEnumerable<int> rules)
    {
        using var connection = await HttpConnection.OpenAsync(weir.Port);
        _ = (await connection.SendAsync(weir.Requests.CreateQueue(bus))).BodyOfSuccess;
        _ = (await connection.SendAsync(requests.CreateBus(bus))).BodyOfSuccess;
        foreach (var rule in rules)
        {
            var pattern = $$"""{"source":["bench"],"detail-type":["kind-{{rule}}"]}""";
            _ = (await connection.SendAsync(requests.PutRule(bus, $"rule-{rule}", pattern))).BodyOfSuccess;
        }

        _ = (await connection.SendAsync(requests.PutTarget(bus, MatchingRule, bus))).BodyOfSuccess;
    }

    private static async Task<double> RateAsync(ServerProcess weir, ReadOnlyMemory<byte> request, double seconds)
    {
        var sent = 0;
        var clock = Stopwatch.StartNew();
        await SqsDriver.EachAsync(weir, Connections, async connection =>
        {
            for (; clock.Elapsed.TotalSeconds < seconds; Interlocked.Increment(ref sent))
            {
                var answer = (await connection.SendAsync(request)).BodyOfSuccess;
                if (answer.Span.IndexOf("\"FailedEntryCount\":0"u8) < 0)
                    throw new InvalidOperationException("An event was refused.");
            }
        });
        return sent / clock.Elapsed.TotalSeconds;
    }
}
