using System.Globalization;
using System.Runtime.InteropServices;

namespace Weir.Benchmarks.Report;

/// <summary>What the figures were measured on, as /proc and /sys tell.</summary>
internal sealed record Machine(
    string Processor, int Cores, double MemoryGiB, string Disk, string Kernel, string Runtime, double Load)
{
    private static readonly string[] InMemory = ["tmpfs", "ramfs"];

    /// <summary>Others wait for the cores: what they take falls on both sides of a ratio, but seldom alike.</summary>
    public bool IsBusy => Load > Cores;

    public bool IsDiskInMemory => InMemory.Contains(Disk.Split(' ')[0]);

    public static Machine Read(string dataDirectory) => new(
        Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        Math.Round(Kibibytes(Field("/proc/meminfo", "MemTotal")) / 1024 / 1024, 1),
        ReadDisk(dataDirectory),
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim().Split('-')[0],
        RuntimeInformation.FrameworkDescription,
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Cores} cores ({Processor}), {MemoryGiB} GiB memory, {Disk}, Linux {Kernel}, {Runtime}; "
        + $"load before the run {Load:0.0}");

    private static string? Field(string file, string name) => File.ReadLines(file)
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(static line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
        .FirstOrDefault();

    private static double Kibibytes(string? text) =>
        text is null ? 0 : double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>The file system and the kind of device below the directory.</summary>
    private static string ReadDisk(string directory)
    {
        var mount = File.ReadLines("/proc/mounts")
            .Select(static line => line.Split(' '))
            .Where(mount => directory.StartsWith(mount[1], StringComparison.Ordinal))
            .MaxBy(static mount => mount[1].Length);
        if (mount is null) return "an unknown disk";
        var device = Path.GetFileName(mount[0]).TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var queue = $"/sys/block/{device}/queue/";
        if (!Directory.Exists(queue)) return $"{mount[2]} on {device}";
        var kind = device.StartsWith("vd", StringComparison.Ordinal) ? "virtio disk"
            : File.ReadAllText(queue + "rotational").Trim() == "0" ? "solid-state disk" : "rotating disk";
        return $"{mount[2]} on {kind} ({File.ReadAllText(queue + "write_cache").Trim()} cache)";
    }
}
