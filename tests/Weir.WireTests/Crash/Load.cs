using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Crash;

/// <summary>Producers and consumers of two protocols on a standard and a FIFO queue, all at once.</summary>
public sealed class Load : IAsyncDisposable
{
    // Few enough that the queues are drained soon, many enough that there is always something in flight.
    private const int StandardRoom = 1_000;
    private const int FifoRoom = 200;
    private const int BatchSize = 5;

    private static readonly TimeSpan VisibilityTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(60);

    private readonly DriverProcess _python = DriverProcess.Start(Programs.Python, "python/driver.py");
    private readonly Room _standardRoom = new(StandardRoom);
    private readonly Room _fifoRoom = new(FifoRoom);
    private readonly CancellationTokenSource _producing = new();
    private readonly CancellationTokenSource _consuming = new();
    private readonly Random _random;
    private readonly SqsClient _dotNet;
    private readonly SqsClient _boto3;
    private Task[] _producers = [];
    private Task[] _consumers = [];
    private string _standard = "";
    private string _fifo = "";

    public Load(WeirServer server, Random random)
    {
        _random = random;
        var connection = new Connection(ClientKinds.DotNet, server.Url, Account.Of("kill"), "any secret", "us-east-1");
        _dotNet = new SqsClient(connection, speaksJson: true, DotNetClient.Connect(connection));
        connection = connection with { Kind = ClientKinds.Boto3 };
        _boto3 = new SqsClient(connection, speaksJson: false, _python.For(connection));
    }

    public Ledger Ledger { get; } = new();

    public Gate Gate { get; } = new();

    public async Task StartAsync()
    {
        var timeout = ("VisibilityTimeout", $"{VisibilityTimeout.TotalSeconds}");
        _standard = await _dotNet.CreateAsync("standard", timeout);
        _fifo = await _dotNet.CreateFifoAsync("ordered.fifo", timeout);
        _producers =
        [
            Producer(_dotNet, _standardRoom).SendStandardAsync("dotnet", _standard, _producing.Token),
            Producer(_dotNet, _standardRoom).SendBatchesAsync("batches", _standard, BatchSize, _producing.Token),
            Producer(_boto3, _standardRoom).SendStandardAsync("boto3", _standard, _producing.Token),
            Producer(_dotNet, _fifoRoom).SendFifoAsync("a", _fifo, _producing.Token),
            Producer(_dotNet, _fifoRoom).SendFifoAsync("b", _fifo, _producing.Token),
            Producer(_boto3, _fifoRoom).SendFifoAsync("c", _fifo, _producing.Token),
        ];
        _consumers =
        [
            ConsumeAsync(_dotNet, _standardRoom, _standard),
            ConsumeAsync(_dotNet, _standardRoom, _standard),
            ConsumeAsync(_boto3, _standardRoom, _standard),
            ConsumeAsync(_dotNet, _fifoRoom, _fifo),
            ConsumeAsync(_boto3, _fifoRoom, _fifo),
        ];
    }

    /// <summary>Ends producing, waits until nothing is left in the queues, and ends consuming.</summary>
    public async Task DrainAsync()
    {
        await _producing.CancelAsync();
        await Task.WhenAll(_producers);
        using var limit = new CancellationTokenSource(DrainLimit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await _dotNet.CountersAsync(_standard) != (0, 0, 0) || await _dotNet.CountersAsync(_fifo) != (0, 0, 0))
            await pause.WaitForNextTickAsync(limit.Token);
        await _consuming.CancelAsync();
        await Task.WhenAll(_consumers);
    }

    public async ValueTask DisposeAsync()
    {
        await _producing.CancelAsync();
        await _consuming.CancelAsync();
        Gate.Open();
        await Task.WhenAll([.. _producers, .. _consumers]);
        await _python.DisposeAsync();
        _standardRoom.Dispose();
        _fifoRoom.Dispose();
        _producing.Dispose();
        _consuming.Dispose();
    }

    private Producer Producer(SqsClient sqs, Room room) => new(sqs, Ledger, Gate, room);

    private Task ConsumeAsync(SqsClient sqs, Room room, string queue) =>
        new Consumer(sqs, Ledger, Gate, room, queue, VisibilityTimeout, new Random(_random.Next()))
            .ConsumeAsync(() => !_producing.IsCancellationRequested, _consuming.Token);
}
