using Weir.Benchmarks.Hosts;
using Weir.Benchmarks.Http;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>
/// Bytes allocated per request. The server runs within this process, where they can be counted, and wrk outside it, so
/// all that is counted is the server's.
/// </summary>
internal static class AllocationSection
{
    public static async Task RunAsync(Bench bench)
    {
        var echoPort = FreePort.Find();
        await using var echo = await EchoHost.StartAsync(echoPort);
        var weirPort = FreePort.Find();
        await using var weir = await BrokerHost.StartAsync(weirPort, bench.NewDirectory("allocations"));
        var requests = new SqsRequests(weirPort);
        const string queue = "allocations";
        using (var connection = await HttpConnection.OpenAsync(weirPort))
            _ = (await connection.SendAsync(requests.CreateQueue(queue))).BodyOfSuccess;

        bench.Say("allocations, warming up");
        _ = await MeasureAsync(bench, echoPort, requests.Send(queue));
        _ = await MeasureAsync(bench, weirPort, requests.Send(queue));
        var (ceiling, measured) = await bench.InTurnAsync(
            "allocations",
            () => MeasureAsync(bench, echoPort, requests.Send(queue)),
            () => MeasureAsync(bench, weirPort, requests.Send(queue)));
        bench.Add(new Row(SectionNames.Resources, "allocated per SendMessage", "bytes", measured)
        {
            Against = "empty Kestrel echo",
            Ceiling = ceiling,
        });
    }

    private static async Task<double> MeasureAsync(Bench bench, int port, ReadOnlyMemory<byte> request)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = await Wrk.RunAsync(port, request, seconds: 1, bench.Options.Directory);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)result.Requests;
    }
}
