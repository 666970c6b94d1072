using Weir.Benchmarks.Http;
using Weir.Benchmarks.Peer;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>
/// A broker that many know, doing the comparable work: every message on disk before it is confirmed, a hundred of them
/// outstanding. Both clients run within this program; what they cost is in both figures.
/// </summary>
internal static class PeerSection
{
    private const string Peer = "RabbitMQ";
    private const int Outstanding = 100;
    private const int ReceivedAtOnce = 10;

    public static async Task RunAsync(Bench bench)
    {
        if (!RabbitNode.IsInstalled)
        {
            bench.Say("rabbitmq is not installed (Debian: rabbitmq-server), so the table goes without its rows");
            return;
        }

        bench.Say("rabbitmq, starting a node of its own, and Weir");
        await using var node = await RabbitNode.StartAsync(bench.NewDirectory("rabbitmq"));
        await using var rabbit = await RabbitQueue.OpenAsync(node.Port, Outstanding);
        var (weir, _) = await bench.Servers.StartWeirAsync(bench.Options.Weir, bench.NewDirectory("peer"));
        await using var _weir = weir;
        var queues = new Queues(weir);

        bench.Say("rabbitmq, warming both up");
        _ = await PeerRoundAsync(bench, rabbit);
        _ = await WeirRoundAsync(bench, weir, queues);
        var (peers, weirs) = await bench.InTurnAsync(
            "rabbitmq", () => PeerRoundAsync(bench, rabbit), () => WeirRoundAsync(bench, weir, queues));
        bench.Add(
            new Row(SectionNames.Peer, "send, confirmed (SendMessage; publish)", "messages/s",
                [.. weirs.Select(static one => one.Sent)])
            {
                Against = Peer,
                Ceiling = [.. peers.Select(static one => one.Sent)],
            },
            new Row(SectionNames.Peer, "take and remove (receive of 10 + delete; deliver + ack)", "messages/s",
                [.. weirs.Select(static one => one.Taken)])
            {
                Against = Peer,
                Ceiling = [.. peers.Select(static one => one.Taken)],
            });
    }

    private static async Task<(double Sent, double Taken)> PeerRoundAsync(Bench bench, RabbitQueue rabbit)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(SqsRequests.BodyText);
        var (messages, sent) = await rabbit.PublishAsync(body, bench.Options.RoundSeconds);
        return (sent, await rabbit.ConsumeAsync(messages));
    }

    private static Task<(double Sent, double Taken)> WeirRoundAsync(
        Bench bench, ServerProcess weir, Queues queues) => queues.WithAsync(async queue =>
    {
        var (messages, sent) = await SqsDriver.SendAsync(weir, queue, Outstanding, bench.Options.RoundSeconds);
        var time = await SqsDriver.DrainAsync(weir, queue, messages, Outstanding / ReceivedAtOnce);
        return (sent, messages / time.TotalSeconds);
    });
}
