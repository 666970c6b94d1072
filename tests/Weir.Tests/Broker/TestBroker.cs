using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weir.Broker;
using Weir.Broker.Messages;
using Weir.Broker.Secrets;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Journal;
using Xunit;

namespace Weir.Tests.Broker;

/// <summary>A broker on a directory of its own, with a clock that the test moves.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    public static readonly QueueName Orders = new("000000000000", "us-east-1", "orders");
    public static readonly QueueName OrdersFifo = new("000000000000", "us-east-1", "orders.fifo");

    public static readonly SecretKey Key = new([.. Enumerable.Range(0, SecretKey.BytesCount).Select(i => (byte)i)]);

    private readonly string _directory = Directory.CreateTempSubdirectory("weir-test-").FullName;
    private readonly Func<BrokerOptions, BrokerOptions> _configure;

    public TestBroker(Func<BrokerOptions, BrokerOptions>? configure = null)
    {
        _configure = configure ?? (options => options);
        Broker = Open();
    }

    public string DataDirectory => _directory;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public Weir.Broker.Broker Broker { get; private set; }

    public static string BodyOf(ReceivedMessage message) => Encoding.UTF8.GetString(message.Content.Body.Span);

    public async Task RestartAsync()
    {
        await Broker.DisposeAsync();
        Broker = Open();
    }

    public async Task CreateAsync(QueueName name, QueueConfigPatch? patch = null)
    {
        var outcome = await Broker.ExecuteAsync(new CreateQueueCommand(
            name, patch ?? QueueConfigPatch.Empty, ImmutableSortedDictionary<string, string>.Empty));
        Assert.Null(outcome.Fault);
    }

    public ValueTask<Outcome<IReadOnlyList<Outcome<SentMessage>>>> SendAsync(QueueName queue, params string[] bodies) =>
        Broker.ExecuteAsync(new SendCommand(queue, [.. bodies.Select(body => Entry(queue, body))]));

    public ValueTask<Outcome<IReadOnlyList<ReceivedMessage>>> ReceiveAsync(
        QueueName queue, int max = 10, TimeSpan? wait = null, CancellationToken clientGone = default) =>
        Broker.ReceiveAsync(new ReceiveCommand(queue, max, null, null), wait ?? TimeSpan.Zero, clientGone);

    /// <summary>Completes once as many receives wait as the test expects.</summary>
    public async Task WaitersAsync(int count)
    {
        while (Broker.Figures.WaitingReceives != count) await Task.Yield();
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private SendEntry Entry(QueueName queue, string body) => new()
    {
        MessageId = Broker.Ids.NewId(),
        Payload = new MessageContent { Body = Encoding.UTF8.GetBytes(body) }.Encode(),
        ContentBytes = Encoding.UTF8.GetByteCount(body),
        GroupId = queue.HasFifoSuffix ? "group" : null,
        DeduplicationId = queue.HasFifoSuffix ? body : null,
    };

    private Weir.Broker.Broker Open()
    {
        var options = new BrokerOptions
        {
            Journal = new JournalOptions
            {
                Directory = _directory,
                SegmentBytes = 4 << 20,
                FrameBytesMax = 1 << 20,
                ReserveBytes = 0,
            },
        };
        var broker = new Weir.Broker.Broker(
            _configure(options), Time, IdSource.FromSeed(1), new FileDisk(), NullLogger<Weir.Broker.Broker>.Instance);
        Assert.Null(broker.Secrets.Unlock(Key));
        return broker;
    }
}
