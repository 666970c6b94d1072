using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weir.Broker;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Weir.Journal;
using Xunit;

namespace Weir.Tests.Golden;

/// <summary>
/// What a golden data directory holds: something of everything that a directory can hold, part of it in a checkpoint
/// and part in the log behind it.
/// </summary>
internal static class GoldenScenario
{
    public const int Orders = 40;
    public const int DeadLetters = 5;
    public const int Steps = 9;

    public static readonly QueueName OrdersQueue = Name("orders");
    public static readonly QueueName DeadQueue = Name("dead");
    public static readonly QueueName StepsQueue = Name("steps.fifo");
    public static readonly QueueName DeletedQueue = Name("deleted");
    public static readonly ScopeName Documents = new("golden", "000000000000", "us-east-1", "documents");
    public static readonly Guid MoveTask = new("11111111-2222-3333-4444-555555555555");
    public static readonly DateTimeOffset WrittenAt = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Deep backlogs of a few messages, so that runs are in the log.</summary>
    public static EngineOptions Engine { get; } = new()
    {
        NameReuseDelay = TimeSpan.FromMinutes(1),
        FrontMessagesMax = 4,
        TailMessagesMax = 8,
        RunMessagesMax = 6,
        RunBlockBytesMax = 2 << 10,
        RunContentBytesMax = 4 << 10,
    };

    public static Weir.Broker.Broker Open(string directory, TimeProvider time, bool asItWasWritten) => new(
        new BrokerOptions
        {
            Engine = Engine,
            Journal = asItWasWritten
                ? new JournalOptions
                {
                    Directory = directory, SegmentBytes = 64 << 10, FrameBytesMax = 16 << 10, ReserveBytes = 0,
                    SpareSegmentsMax = 1,
                }
                : new JournalOptions { Directory = directory, ReserveBytes = 0 },
        },
        time, IdSource.FromSeed(7), new FileDisk(), NullLogger<Weir.Broker.Broker>.Instance);

    /// <summary>Makes the directory, as a kill would leave it: with a tail of the log behind the checkpoint.</summary>
    public static async Task WriteAsync(string target)
    {
        var directory = target + ".written";
        var time = new FakeTimeProvider(WrittenAt);
        await using (var broker = Open(directory, time, asItWasWritten: true))
        {
            await CreateAsync(broker, DeadQueue, QueueConfigPatch.Empty);
            await CreateAsync(broker, DeletedQueue, QueueConfigPatch.Empty);
            await DoAsync(broker, new DeleteQueueCommand(DeletedQueue));
            await CreateAsync(broker, OrdersQueue, new QueueConfigPatch
            {
                VisibilityTimeout = TimeSpan.FromSeconds(40),
                Retention = TimeSpan.FromDays(14),
                Redrive = new Change<RedrivePolicy>(new RedrivePolicy(DeadQueue, 1)),
            });
            await MakeDeadLettersAsync(broker);
            await DoAsync(broker, new DefineCommand([DefinitionOf("kept")]));
            for (var i = 1; i <= Orders; i++) await SendAsync(broker, OrdersQueue, $"order {i}");
            await CreateAsync(broker, StepsQueue, new QueueConfigPatch { ContentBasedDeduplication = true });
            for (var i = 1; i < Steps; i++) await SendAsync(broker, StepsQueue, $"step {i}", group: $"group {i % 3}");
        }

        await using var again = Open(directory, time, asItWasWritten: true);
        await DoAsync(again, new DefineCommand([DefinitionOf("added")]));
        await SendAsync(again, OrdersQueue, "delayed", delay: TimeSpan.FromMinutes(10));
        await SendAsync(again, StepsQueue, $"step {Steps}", group: "group 0");
        Assert.Equal(2, (await ReceiveAsync(again, OrdersQueue, 2)).Count);
        Assert.Equal(3, (await ReceiveAsync(again, StepsQueue, 3, attempt: "attempt")).Count);
        await DoAsync(again, new StartMoveTaskCommand(MoveTask, DeadQueue, OrdersQueue, ratePerSecond: 1));

        // Copied while it is open: the checkpoint that a stop writes is not in it.
        Copy(directory, target);
    }

    public static async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
        Weir.Broker.Broker broker, QueueName queue, int max, string? attempt = null)
    {
        var outcome = await broker.ReceiveAsync(
            new ReceiveCommand(queue, max, null, attempt), TimeSpan.Zero, CancellationToken.None);
        Assert.Null(outcome.Fault);
        return outcome.Value;
    }

    public static async Task<SentMessage> SendAsync(
        Weir.Broker.Broker broker, QueueName queue, string body, string? group = null, TimeSpan? delay = null)
    {
        var content = new MessageContent
        {
            Body = Encoding.UTF8.GetBytes(body),
            Attributes = [new MessageAttribute("kind", "String", "golden"u8.ToArray())],
            SenderId = "AIDASENDER",
        };
        var sent = await DoAsync(broker, new SendCommand(queue, [new SendEntry
        {
            MessageId = broker.Ids.NewId(),
            Payload = content.Encode(),
            ContentBytes = body.Length,
            GroupId = group,
            ContentDeduplicationId = group is null ? null : $"digest of {body}",
            Delay = delay,
        }]));
        return Assert.Single(sent).Value;
    }

    public static async Task<T> DoAsync<T>(Weir.Broker.Broker broker, Command<T> command)
    {
        var outcome = await broker.ExecuteAsync(command);
        Assert.Null(outcome.Fault);
        return outcome.Value;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from, "segment-*.log").Concat(Directory.GetFiles(from, "checkpoint-*")))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var target = File.Create(Path.Combine(to, Path.GetFileName(file)));
            source.CopyTo(target);
        }
    }

    private static async Task MakeDeadLettersAsync(Weir.Broker.Broker broker)
    {
        for (var i = 1; i <= DeadLetters; i++) await SendAsync(broker, OrdersQueue, $"letter {i}");
        for (var i = 1; i <= DeadLetters; i++)
        {
            var message = Assert.Single(await ReceiveAsync(broker, OrdersQueue, 1));
            await DoAsync(broker, new ChangeVisibilityCommand(
                OrdersQueue, [new VisibilityChange(message.Lease.Receipt.ToString(), TimeSpan.Zero)]));
        }

        // The receive after the last moves what was received once already.
        Assert.Empty(await ReceiveAsync(broker, OrdersQueue, 10));
    }

    private static async Task CreateAsync(Weir.Broker.Broker broker, QueueName name, QueueConfigPatch patch) =>
        await DoAsync(broker, new CreateQueueCommand(
            name, patch, ImmutableSortedDictionary<string, string>.Empty.Add("team", "mill")));

    private static DefinitionChange DefinitionOf(string item) =>
        new() { Scope = Documents, Item = item, Value = Encoding.UTF8.GetBytes($"value of {item}") };

    private static QueueName Name(string name) => new("000000000000", "us-east-1", name);
}
