using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Weir.Benchmarks.Hosts;

/// <summary>
/// How long a host runs: until it is told to stop, or until its standard input ends, which happens with whoever started
/// it. So none outlives its benchmark.
/// </summary>
internal static class HostLife
{
    public static Task UntilEndAsync(WebApplication app)
    {
        var inputEnd = Task.Factory.StartNew(
            ReadToEnd, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.WhenAny(inputEnd, app.WaitForShutdownAsync());
    }

    private static void ReadToEnd()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }
    }
}
