using Weir.Benchmarks.Hosts;
using Weir.Benchmarks.Micro;
using Weir.Benchmarks.SideBySide;

return args switch
{
    [SideBySideRun.Argument, .. var rest] => await SideBySideRun.RunAsync(rest),
    [MicroRun.Argument, .. var rest] => MicroRun.Run(rest),
    [EchoHost.Argument, var port] => await EchoHost.RunAsync(port),
    [BrokerHost.Argument, var port, var directory] => await BrokerHost.RunAsync(port, directory),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine($"""
        Weir.Benchmarks {BenchOptions.Usage}
        Weir.Benchmarks {MicroRun.Argument} [BenchmarkDotNet's own arguments]
        Weir.Benchmarks {EchoHost.Argument} PORT               the ceiling alone, to look at it with a profiler
        Weir.Benchmarks {BrokerHost.Argument} PORT DIRECTORY   Weir's endpoint alone, likewise
        """);
    return 64;
}
