using Weir.Benchmarks.Http;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>
/// What a client of SQS gets: messages in and out, and how long one takes from hand to hand. The ceiling is Kestrel
/// giving the same request's body back.
/// </summary>
internal static class SqsSection
{
    private const string Echo = "empty Kestrel echo";
    private const int BatchMessages = 10;

    /// <summary>Connections that receive and delete: with ten messages each, a hundred are under way.</summary>
    private const int Consumers = 10;

    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(Bench bench)
    {
        bench.Say("sqs, starting the echo and Weir");
        await using var echo = await bench.Servers.StartEchoAsync();
        var (weir, _) = await bench.Servers.StartWeirAsync(bench.Options.Weir, bench.NewDirectory("sqs"));
        await using var _weir = weir;
        var queues = new Queues(weir);
        await MeasureIdleAsync(bench, weir);

        bench.Say("sqs, warming both up until their code is compiled");
        for (var i = 0; i < (bench.Options.IsQuick ? 2 : 3); i++)
        {
            _ = await EchoAsync(bench, echo);
            _ = await SendAsync(bench, weir, queues);
            _ = await SendBatchesAsync(bench, weir, queues);
        }

        await MeasureSendsAsync(bench, echo, weir, queues);
        await MeasureDrainAsync(bench, weir, queues);
        await MeasureLatencyAsync(bench, weir, queues);
    }

    private static async Task MeasureIdleAsync(Bench bench, ServerProcess weir)
    {
        bench.Say("sqs, Weir idle");
        await Task.Delay(IdleTime);
        var before = ProcessFigures.CpuTime(weir.Process.Id);
        await Task.Delay(IdleTime);
        var used = ProcessFigures.CpuTime(weir.Process.Id) - before;
        bench.Add(
            new Row(SectionNames.Resources, "memory, idle", "MiB",
                [Samples.MebiBytes(ProcessFigures.ResidentBytes(weir.Process.Id))]),
            new Row(SectionNames.Resources, "processor, idle", "% of a core", [100 * (used / IdleTime)]));
    }

    /// <summary>The echo, single sends and batches take turns, so that each ratio compares the same moments.</summary>
    private static async Task MeasureSendsAsync(Bench bench, ServerProcess echo, ServerProcess weir, Queues queues)
    {
        var peak = 0L;
        var (ceiling, rounds) = await bench.InTurnAsync(
            "sqs, SendMessage and SendMessageBatch",
            () => EchoAsync(bench, echo),
            async () =>
            {
                var work = SendAsync(bench, weir, queues);
                peak = Math.Max(peak, await ProcessFigures.PeakResidentBytesAsync(weir.Process.Id, work));
                return (Single: await work, Batch: await SendBatchesAsync(bench, weir, queues));
            });
        var single = rounds.ConvertAll(static one => one.Single);
        bench.Add(
            new Row(SectionNames.Sqs, "SendMessage", "requests/s", Each(single, PerSecond))
            {
                Against = Echo,
                Ceiling = Each(ceiling, PerSecond),
                Goal = Goal.RatioAtLeast(0.65),
            },
            new Row(SectionNames.Sqs, "SendMessage, p50", "ms", Each(single, P50))
            {
                Against = Echo,
                Ceiling = Each(ceiling, P50),
            },
            new Row(SectionNames.Sqs, "SendMessage, p99", "ms", Each(single, P99))
            {
                Against = Echo,
                Ceiling = Each(ceiling, P99),
                Goal = Goal.Below(6, "ms"),
            },
            new Row(SectionNames.Sqs, "SendMessageBatch of 10", "messages/s",
                Each(rounds, static one => one.Batch.PerSecond * BatchMessages))
            {
                Against = "SendMessage",
                Ceiling = Each(single, PerSecond),
                Goal = Goal.RatioAtLeast(4),
            },
            new Row(SectionNames.Resources, "memory, highest while sending", "MiB", [Samples.MebiBytes(peak)]));
    }

    private static async Task MeasureDrainAsync(Bench bench, ServerProcess weir, Queues queues)
    {
        var messages = bench.Options.DrainMessages;
        var rates = await bench.RepeatAsync("sqs, receive and delete", () => queues.WithAsync(async queue =>
        {
            await SqsDriver.FillAsync(weir, queue, messages);
            return messages / (await SqsDriver.DrainAsync(weir, queue, messages, Consumers)).TotalSeconds;
        }));
        const string name = "ReceiveMessage of 10 + DeleteMessageBatch, 10 connections";
        bench.Add(new Row(SectionNames.Sqs, name, "messages/s", rates));
    }

    private static async Task MeasureLatencyAsync(Bench bench, ServerProcess weir, Queues queues)
    {
        var rounds = await bench.RepeatAsync("sqs, from producer to consumer", () => queues.WithAsync(
            queue => SqsDriver.LatenciesAsync(weir, queue, bench.Options.LatencyMessages)));
        const string name = "one producer to one waiting consumer";
        bench.Add(
            new Row(SectionNames.Sqs, $"{name}, p50", "ms", Each(rounds, static one => Samples.Percentile(one, 0.5))),
            new Row(SectionNames.Sqs, $"{name}, p99", "ms", Each(rounds, static one => Samples.Percentile(one, 0.99))));
    }

    private static double[] Each<T>(List<T> rounds, Func<T, double> figure) => [.. rounds.Select(figure)];

    private static double PerSecond(WrkResult one) => one.PerSecond;

    private static double P50(WrkResult one) => one.P50.TotalMilliseconds;

    private static double P99(WrkResult one) => one.P99.TotalMilliseconds;

    private static Task<WrkResult> EchoAsync(Bench bench, ServerProcess echo) => Wrk.RunAsync(
        echo.Port, echo.Requests.Send("ceiling"), bench.Options.RoundSeconds, bench.Options.Directory);

    private static Task<WrkResult> SendAsync(Bench bench, ServerProcess weir, Queues queues) => queues.WithAsync(
        queue => Wrk.RunAsync(
            weir.Port, weir.Requests.Send(queue), bench.Options.RoundSeconds, bench.Options.Directory));

    private static Task<WrkResult> SendBatchesAsync(Bench bench, ServerProcess weir, Queues queues) => queues.WithAsync(
        queue => Wrk.RunAsync(
            weir.Port, weir.Requests.SendBatch(queue, BatchMessages), bench.Options.RoundSeconds,
            bench.Options.Directory));
}
