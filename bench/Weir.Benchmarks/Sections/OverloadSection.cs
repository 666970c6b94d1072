using Weir.Benchmarks.Http;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>
/// Three times and twelve times the senders that the server needs to be busy, beside a thousand long polls that wait
/// for nothing: what still gets through, how long it takes, and the memory.
/// </summary>
internal static class OverloadSection
{
    private const int IdlePolls = 1_000;
    private const int PollSeconds = 20;
    private const string IdleQueue = "idle";

    public static async Task RunAsync(Bench bench)
    {
        var (weir, _) = await bench.Servers.StartWeirAsync(bench.Options.Weir, bench.NewDirectory("overload"));
        await using var _w = weir;
        var queues = new Queues(weir);
        using (var connection = await HttpConnection.OpenAsync(weir.Port))
            _ = (await connection.SendAsync(weir.Requests.CreateQueue(IdleQueue))).BodyOfSuccess;
        bench.Say("overload, warming up");
        for (var i = 0; i < 3; i++) _ = await SendAsync(bench, weir, queues, Wrk.Connections);

        using var end = new CancellationTokenSource();
        var polls = Enumerable.Range(0, IdlePolls).Select(_ => PollAsync(weir, end.Token)).ToArray();
        foreach (var times in (int[])[3, 12])
        {
            var peak = 0L;
            var (peaks, over) = await bench.InTurnAsync(
                $"overload, {times} times the senders",
                () => SendAsync(bench, weir, queues, Wrk.Connections),
                async () =>
                {
                    var work = SendAsync(bench, weir, queues, times * Wrk.Connections);
                    peak = Math.Max(peak, await ProcessFigures.PeakResidentBytesAsync(weir.Process.Id, work));
                    return await work;
                });
            var name = $"{times * Wrk.Connections} senders and {IdlePolls:#,0} idle long polls";
            bench.Add(
                new Row(SectionNames.Overload, $"SendMessage, {name}", "requests/s", [.. over.Select(PerSecond)])
                {
                    Against = $"{Wrk.Connections} senders",
                    Ceiling = [.. peaks.Select(PerSecond)],
                    Goal = Goal.RatioAtLeast(0.9),
                },
                new Row(SectionNames.Overload, $"SendMessage p99, {name}", "ms", [.. over.Select(P99)])
                {
                    Against = $"{Wrk.Connections} senders",
                    Ceiling = [.. peaks.Select(P99)],
                },
                new Row(SectionNames.Overload, $"highest memory, {name}", "MiB", [Samples.MebiBytes(peak)]));
        }

        await end.CancelAsync();
        await Task.WhenAll(polls);
    }

    private static double PerSecond(WrkResult one) => one.PerSecond;

    private static double P99(WrkResult one) => one.P99.TotalMilliseconds;

    private static Task<WrkResult> SendAsync(Bench bench, ServerProcess weir, Queues queues, int connections) =>
        queues.WithAsync(queue => Wrk.RunAsync(
            weir.Port, weir.Requests.Send(queue), bench.Options.RoundSeconds, bench.Options.Directory, connections));

    private static async Task PollAsync(ServerProcess weir, CancellationToken end)
    {
        using var connection = await HttpConnection.OpenAsync(weir.Port);
        var request = weir.Requests.Receive(IdleQueue, 1, PollSeconds);
        while (!end.IsCancellationRequested) _ = (await connection.SendAsync(request)).BodyOfSuccess;
    }
}
