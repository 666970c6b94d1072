using System.IO.Compression;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;

namespace Weir.Tests.Golden;

/// <summary>
/// Data directories as earlier versions left them must open for ever, with all that is in them. Each is a zip file
/// named after the version that wrote it, or that of its checkpoint; with <c>WEIR_GOLDEN=NAME</c> the one that this
/// version writes is kept, too.
/// </summary>
public sealed class GoldenDirectoryTests : IDisposable
{
    private const string Suffix = ".zip";

    /// <summary>The one that was written before there were definitions.</summary>
    private const string WithoutDefinitions = "0.1.0";

    private readonly string _root = Directory.CreateTempSubdirectory("weir-golden-").FullName;

    public static TheoryData<string> Versions()
    {
        var prefix = $"{typeof(GoldenDirectoryTests).Namespace}.";
        return [.. typeof(GoldenDirectoryTests).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => name[prefix.Length..^Suffix.Length])];
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Everything_in_it_is_there_and_can_be_used(string version) =>
        await CheckAsync(await UnpackAsync(version), hasDefinitions: version != WithoutDefinitions);

    [Fact]
    public async Task The_one_that_this_version_writes_is_as_good()
    {
        var data = Path.Combine(_root, "data");
        await GoldenScenario.WriteAsync(data);
        if (Environment.GetEnvironmentVariable("WEIR_GOLDEN") is { Length: > 0 } name) await KeepAsync(data, name);
        await CheckAsync(data, hasDefinitions: true);
    }

    private static async Task KeepAsync(string data, string name)
    {
        var source = typeof(GoldenDirectoryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(metadata => metadata.Key == "TestDirectory").Value!;
        var target = Path.Combine(source, "Golden", name + Suffix);
        File.Delete(target);
        await ZipFile.CreateFromDirectoryAsync(data, target, CompressionLevel.SmallestSize, false);
    }

    private static async Task CheckAsync(string data, bool hasDefinitions)
    {
        var time = new FakeTimeProvider(GoldenScenario.WrittenAt + TimeSpan.FromSeconds(10));
        await using (var broker = GoldenScenario.Open(data, time, asItWasWritten: false))
        {
            await CheckQueuesAsync(broker);
            await CheckFifoAsync(broker);
            await CheckMoveTaskAsync(broker);
            if (hasDefinitions) CheckDefinitions(broker);
        }

        time.Advance(TimeSpan.FromMinutes(11));
        await using (var broker = GoldenScenario.Open(data, time, asItWasWritten: false))
            await CheckOrdersAsync(broker, time);
        await using (var broker = GoldenScenario.Open(data, time, asItWasWritten: false))
            Assert.Equal(0, (await CountersAsync(broker, GoldenScenario.OrdersQueue)).InFlight);
    }

    private static async Task CheckQueuesAsync(Weir.Broker.Broker broker)
    {
        var page = await GoldenScenario.DoAsync(
            broker, new ListQueuesCommand("000000000000", "us-east-1", "", null, 10));
        Assert.Equal(["dead", "orders", "steps.fifo"], page.Queues.Select(queue => queue.Name));
        var orders = await GoldenScenario.DoAsync(broker, new GetQueueCommand(GoldenScenario.OrdersQueue));
        Assert.Equal(TimeSpan.FromSeconds(40), orders.Config.VisibilityTimeout);
        Assert.Equal(TimeSpan.FromDays(14), orders.Config.Retention);
        Assert.Equal(new RedrivePolicy(GoldenScenario.DeadQueue, 1), orders.Config.Redrive);
        Assert.Equal("mill", orders.Tags["team"]);
        Assert.Equal(2, orders.Counters.InFlight);
        Assert.Equal(1, orders.Counters.Delayed);
        var dead = await CountersAsync(broker, GoldenScenario.DeadQueue);
        Assert.Equal(
            GoldenScenario.Orders + GoldenScenario.DeadLetters - 2, orders.Counters.Visible + dead.Visible);
        var recreated = await broker.ExecuteAsync(new CreateQueueCommand(
            GoldenScenario.DeletedQueue, QueueConfigPatch.Empty,
            System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty));
        Assert.Equal(FaultCode.QueueDeletedRecently, recreated.Fault?.Code);
    }

    private static void CheckDefinitions(Weir.Broker.Broker broker)
    {
        var scope = broker.Definitions.Find(GoldenScenario.Documents)!;
        Assert.Equal(["added", "kept"], scope.Items.Keys);
        foreach (var (item, definition) in scope.Items)
            Assert.Equal($"value of {item}", Encoding.UTF8.GetString(definition.Value.Span));
    }

    private static async Task CheckFifoAsync(Weir.Broker.Broker broker)
    {
        // The receive whose answer may have been lost gets the same again; its deduplication ids are known.
        var again = await GoldenScenario.ReceiveAsync(broker, GoldenScenario.StepsQueue, 3, attempt: "attempt");
        Assert.Equal(["step 1", "step 4", "step 7"], again.Select(TextOf));
        Assert.All(again, message => Assert.Equal(1, message.Lease.ReceiveCount));
        var duplicate = await GoldenScenario.SendAsync(broker, GoldenScenario.StepsQueue, "step 4", group: "group 1");
        Assert.Equal(again[1].Lease.MessageId, duplicate.MessageId);
        Assert.Equal(again[1].Lease.Sequence, duplicate.Sequence);
        var others = await GoldenScenario.ReceiveAsync(broker, GoldenScenario.StepsQueue, 10);
        Assert.Equal(["step 2", "step 5", "step 8", "step 3", "step 6", "step 9"], others.Select(TextOf));
        Assert.All(others, message =>
            Assert.Equal("golden"u8, message.Content.Attributes[0].Value.Span));
    }

    private static async Task CheckMoveTaskAsync(Weir.Broker.Broker broker)
    {
        var task = Assert.Single(await GoldenScenario.DoAsync(
            broker, new ListMoveTasksCommand(GoldenScenario.DeadQueue, 10)));
        Assert.Equal(GoldenScenario.MoveTask, task.TaskId);
        Assert.Equal(GoldenScenario.OrdersQueue, task.Destination);
        Assert.Equal(1, task.RatePerSecond);
        Assert.Equal(GoldenScenario.DeadLetters, task.ToMove);
    }

    /// <summary>Every order, the delayed message and the dead letters, wherever those are by now.</summary>
    private static async Task CheckOrdersAsync(Weir.Broker.Broker broker, FakeTimeProvider time)
    {
        var texts = new List<string>();
        foreach (var queue in (QueueName[])[GoldenScenario.OrdersQueue, GoldenScenario.DeadQueue])
        {
            while (await GoldenScenario.ReceiveAsync(broker, queue, 10) is { Count: > 0 } messages)
            {
                texts.AddRange(messages.Select(TextOf));
                await GoldenScenario.DoAsync(broker, new DeleteCommand(
                    queue, [.. messages.Select(message => message.Lease.Receipt.ToString())]));
            }
        }

        var expected = Enumerable.Range(1, GoldenScenario.Orders).Select(i => $"order {i}")
            .Concat(Enumerable.Range(1, GoldenScenario.DeadLetters).Select(i => $"letter {i}"))
            .Append("delayed");
        Assert.Equal(expected.Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
        var sent = await GoldenScenario.SendAsync(broker, GoldenScenario.OrdersQueue, "new");
        var received = Assert.Single(await GoldenScenario.ReceiveAsync(broker, GoldenScenario.OrdersQueue, 1));
        Assert.Equal((sent.MessageId, time.GetUtcNow().ToUnixTimeMilliseconds()),
            (received.Lease.MessageId, received.Lease.SentUnixMs));
        await GoldenScenario.DoAsync(broker, new DeleteCommand(
            GoldenScenario.OrdersQueue, [received.Lease.Receipt.ToString()]));
    }

    private static async Task<QueueCounters> CountersAsync(Weir.Broker.Broker broker, QueueName queue) =>
        (await GoldenScenario.DoAsync(broker, new GetQueueCommand(queue))).Counters;

    private static string TextOf(ReceivedMessage message) => Encoding.UTF8.GetString(message.Content.Body.Span);

    private async Task<string> UnpackAsync(string version)
    {
        var data = Path.Combine(_root, version);
        await using var zip = typeof(GoldenDirectoryTests).Assembly.GetManifestResourceStream(
            typeof(GoldenDirectoryTests), version + Suffix)!;
        await ZipFile.ExtractToDirectoryAsync(zip, data);
        return data;
    }
}
