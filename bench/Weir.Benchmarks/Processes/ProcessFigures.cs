using System.Globalization;

namespace Weir.Benchmarks.Processes;

/// <summary>What /proc says about a process.</summary>
// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
internal static class ProcessFigures
{
    /// <summary>USER_HZ, which every Linux that .NET runs on has at 100.</summary>
    private const double TicksPerSecond = 100;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(50);

    public static long ResidentBytes(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status")
            .First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var kibibytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2];
        return long.Parse(kibibytes, CultureInfo.InvariantCulture) << 10;
    }

    public static TimeSpan CpuTime(int processId)
    {
        // The name, in brackets, may hold spaces; utime and stime are fields 14 and 15, the 12th and 13th behind it.
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture)
            + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>The highest resident size seen until the work is done.</summary>
    public static async Task<long> PeakResidentBytesAsync(int processId, Task work)
    {
        var peak = 0L;
        while (!work.IsCompleted)
        {
            peak = Math.Max(peak, ResidentBytes(processId));
            await Task.WhenAny(work, Task.Delay(SampleInterval));
        }

        await work;
        return peak;
    }
}
