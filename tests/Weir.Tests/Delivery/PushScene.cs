using System.Text;
using Weir.Broker;
using Weir.Broker.Delivery;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Tests.Broker;
using Xunit;

namespace Weir.Tests.Delivery;

/// <summary>A broker, a dispatcher and an endpoint on a real socket; the clock is the test's.</summary>
internal sealed class PushScene : IAsyncDisposable
{
    public static readonly QueueName Internal = TestBroker.Orders with { Name = "~push" };
    public static readonly QueueName InternalFifo = TestBroker.Orders with { Name = "~push.fifo" };
    public static readonly QueueName Dead = TestBroker.Orders with { Name = "dead" };
    public const string RouteId = "route";

    private readonly PushOptions _options;

    private PushScene(
        HttpReceiver receiver, PushOptions options, Func<BrokerOptions, BrokerOptions>? configure)
    {
        Test = new TestBroker(configure);
        Receiver = receiver;
        _options = options;
        Dispatcher = Open();
    }

    public TestBroker Test { get; }

    public LogLines Log { get; } = new();

    public HttpReceiver Receiver { get; }

    public PushDispatcher Dispatcher { get; private set; }

    public PushRouteFigures Figures => Dispatcher.FiguresOf(RouteId)!;

    public IReadOnlyList<PushAttempt> History => Dispatcher.HistoryOf(RouteId);

    public static async Task<PushScene> StartAsync(
        PushOptions? options = null, Func<BrokerOptions, BrokerOptions>? configure = null)
    {
        var scene = new PushScene(
            await HttpReceiver.StartAsync(), options ?? new PushOptions { AllowLoopback = true }, configure);
        await scene.Test.CreateAsync(Internal);
        await scene.Test.CreateAsync(InternalFifo);
        await scene.Test.CreateAsync(Dead);
        return scene;
    }

    /// <summary>Ends as soon as the condition holds; a test that waits in vain is ended by its runner.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A route to the receiver that posts the body as it is.</summary>
    public PushRoute Route(string id = RouteId, QueueName? queue = null, string path = "/") => new()
    {
        Id = id,
        Queue = queue ?? Internal,
        Endpoint = new Uri(Receiver.Address, path),
        Render = (message, _) => ValueTask.FromResult(PushRequest.Of(
            new HttpRequestMessage(HttpMethod.Post, new Uri(Receiver.Address, path))
            {
                Content = new ReadOnlyMemoryContent(message.Content.Body),
            })),
        Retry = RetryPolicy.Sns(),
        DeadLetter = (message, failure) => new(new DeadLetterContent(Dead, new MessageContent
        {
            Body = message.Content.Body,
            Attributes = [new("ERROR", "String", Encoding.UTF8.GetBytes($"{failure.Kind}/{failure.GiveUp}"))],
        })),
    };

    public Task SendAsync(string body, QueueName? queue = null, string? group = null) => SendAsync(
        queue ?? Internal, new SendEntry
        {
            MessageId = Test.Broker.Ids.NewId(),
            Payload = new MessageContent { Body = Encoding.UTF8.GetBytes(body) }.Encode(),
            ContentBytes = body.Length,
            GroupId = group,
            DeduplicationId = group is null ? null : body,
        });

    public async Task<QueueCounters> CountersAsync(QueueName queue) =>
        (await Test.Broker.ExecuteAsync(new GetQueueCommand(queue))).Value.Counters;

    /// <summary>The one dead letter: its body and why it is there.</summary>
    public async Task<(string Body, string Error)> DeadLetterAsync()
    {
        var letter = Assert.Single((await Test.ReceiveAsync(Dead, wait: TimeSpan.FromSeconds(1))).Value);
        return (TestBroker.BodyOf(letter), Encoding.UTF8.GetString(letter.Content.Attributes[0].Value.Span));
    }

    /// <summary>Ends once so many attempts were made, and all of them settled.</summary>
    public Task AttemptsAsync(int count) => UntilAsync(() => Figures is { UnderWay: 0 } now && now.Attempts == count);

    /// <summary>Moves the clock to just before a moment at which something is due, sees that nothing comes, and then to
    /// it.</summary>
    public async Task AdvanceAsync(TimeSpan due)
    {
        await RestAsync();
        var before = Figures.Attempts;
        Test.Time.Advance(due - TimeSpan.FromMilliseconds(1));
        await CountersAsync(Internal);
        Assert.Equal(before, Figures.Attempts);
        Test.Time.Advance(TimeSpan.FromMilliseconds(1));
    }

    /// <summary>
    /// Lets what was begun come to where it waits for the clock, which cannot be seen from outside. A test that moves
    /// the clock after this holds even if something is late; it only tells less.
    /// </summary>
    public async Task RestAsync()
    {
        for (var turn = 0; turn < 100; turn++) await CountersAsync(Internal);
    }

    public async Task RestartAsync()
    {
        await Dispatcher.DisposeAsync();
        await Test.RestartAsync();
        Dispatcher = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Dispatcher.DisposeAsync();
        await Receiver.DisposeAsync();
        await Test.DisposeAsync();
    }

    private async Task SendAsync(QueueName queue, SendEntry entry)
    {
        var outcome = await Test.Broker.ExecuteAsync(new SendCommand(queue, [entry]));
        Assert.True(outcome.Value[0].IsOk);
    }

    private PushDispatcher Open() => new(Test.Broker, _options, Test.Time, IdSource.FromSeed(2), Log);
}
