using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Weir.Benchmarks.Peer;

/// <summary>One durable queue of RabbitMQ, as its .NET client uses it.</summary>
internal sealed class RabbitQueue : IAsyncDisposable
{
    private const string Name = "bench";

    private readonly IConnection _connection;
    private readonly int _outstanding;

    private RabbitQueue(IConnection connection, int outstanding) =>
        (_connection, _outstanding) = (connection, outstanding);

    public static async Task<RabbitQueue> OpenAsync(int port, int outstanding)
    {
        var factory = new ConnectionFactory { HostName = "127.0.0.1", Port = port, AutomaticRecoveryEnabled = false };
        var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        _ = await channel.QueueDeclareAsync(Name, durable: true, exclusive: false, autoDelete: false);
        return new RabbitQueue(connection, outstanding);
    }

    /// <summary>
    /// Publishes persistent messages for so long, each producer waiting for its confirm; messages in a second.
    /// </summary>
    public async Task<(long Messages, double PerSecond)> PublishAsync(ReadOnlyMemory<byte> body, double seconds)
    {
        var options = new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true,
            outstandingPublisherConfirmationsRateLimiter: null);
        await using var channel = await _connection.CreateChannelAsync(options);
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent };
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, _outstanding).Select(_ => Task.Run(ProduceAsync)));
        return (counts.Sum(), counts.Sum() / clock.Elapsed.TotalSeconds);

        async Task<long> ProduceAsync()
        {
            var count = 0L;
            for (; clock.Elapsed.TotalSeconds < seconds; count++)
                await channel.BasicPublishAsync("", Name, mandatory: false, properties, body);
            return count;
        }
    }

    /// <summary>Takes and acknowledges this many messages, so many at a time; messages in a second.</summary>
    public async Task<double> ConsumeAsync(long messages)
    {
        await using var channel = await _connection.CreateChannelAsync();
        await channel.BasicQosAsync(0, (ushort)_outstanding, global: false);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = messages;
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
            if (--left == 0) done.SetResult();
        };
        var clock = Stopwatch.StartNew();
        _ = await channel.BasicConsumeAsync(Name, autoAck: false, consumer);
        await done.Task;
        return messages / clock.Elapsed.TotalSeconds;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
