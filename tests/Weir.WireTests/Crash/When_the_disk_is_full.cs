using System.Diagnostics;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Crash;

/// <summary>
/// A data directory on a small file system of its own: full, sends are refused by name, receives and deletes go on, and
/// sends are taken again when there is room.
/// </summary>
[Collection(nameof(Alone))]
public sealed class When_the_disk_is_full
{
    private const int DiskMiB = 192;
    private const int ReserveMiB = 32;
    private const int BodyBytes = 200_000;

    private static readonly TimeSpan RoomLimit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Sends_are_refused_receives_and_deletes_go_on_and_nothing_is_lost()
    {
        using var disk = SmallDisk.TryMount(DiskMiB);
        Assert.SkipWhen(disk is null, "A small file system can be mounted by root only.");
        var options = new Dictionary<string, string> { ["WEIR__DiskReserveBytes"] = $"{ReserveMiB << 20}" };
        await using var server = await WeirServer.StartAsync(_ => options, disk.DataDirectory);
        var connection = new Connection(ClientKinds.DotNet, server.Url, Account.Of("full"), "any secret", "us-east-1");
        var sqs = new SqsClient(connection, speaksJson: true, DotNetClient.Connect(connection));
        var queue = await sqs.CreateAsync("orders");
        var sent = await FillAsync(sqs, queue);
        server.Log.Forgive();

        // A restart in this state is no different.
        await server.KillAsync();
        await server.StartAgainAsync();
        var refusal = await Assert.ThrowsAsync<SqsRefusedException>(() => SendAsync(sqs, queue, sent));
        Assert.Contains("disk", refusal.Message, StringComparison.OrdinalIgnoreCase);
        server.Log.Forgive();
        var drained = await DrainAsync(sqs, queue);
        Assert.Equal(Enumerable.Range(0, sent), drained.Order());

        await SendWhenThereIsRoomAsync(sqs, queue, sent);
        Assert.Equal([sent], await DrainAsync(sqs, queue));
        server.Log.Forgive();
    }

    private static async Task<int> FillAsync(SqsClient sqs, string queue)
    {
        for (var sent = 0; ; sent++)
        {
            Assert.True(sent * (long)BodyBytes < DiskMiB << 20, "The disk took more than it has.");
            try
            {
                await SendAsync(sqs, queue, sent);
            }
            catch (SqsRefusedException refused)
            {
                Assert.Contains("down to its reserve", refused.Message, StringComparison.Ordinal);
                Assert.True(sent > 10, $"Only {sent} messages were taken.");
                return sent;
            }
        }
    }

    private static async Task SendWhenThereIsRoomAsync(SqsClient sqs, string queue, int number)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                await SendAsync(sqs, queue, number);
                return;
            }
            catch (SqsRefusedException) when (waited.Elapsed < RoomLimit)
            {
                await pause.WaitForNextTickAsync();
            }
        }
    }

    private static async Task SendAsync(SqsClient sqs, string queue, int number) =>
        await sqs.SendAsync(queue, $"{number}:".PadRight(BodyBytes, 'x'));

    private static async Task<List<int>> DrainAsync(SqsClient sqs, string queue)
    {
        var numbers = new List<int>();
        while (await sqs.ReceiveAsync(queue, 1) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                numbers.Add(int.Parse(message.Text.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture));
                await sqs.DeleteAsync(queue, message);
            }
        }

        return numbers;
    }

    /// <summary>A tmpfs, which is full when it says so, and is gone with the test.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string _mount = Directory.CreateTempSubdirectory("weir-disk-").FullName;

        public string DataDirectory => Path.Combine(_mount, "data");

        public static SmallDisk? TryMount(int mebiBytes)
        {
            var disk = new SmallDisk();
            if (Run("mount", "-t", "tmpfs", "-o", $"size={mebiBytes}m", "tmpfs", disk._mount) != 0)
            {
                Directory.Delete(disk._mount);
                return null;
            }

            Directory.CreateDirectory(disk.DataDirectory);
            return disk;
        }

        public void Dispose()
        {
            _ = Run("umount", "--lazy", _mount);
            Directory.Delete(_mount);
        }

        private static int Run(string program, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
