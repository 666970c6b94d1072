using System.Diagnostics;
using System.Text.Json;
using Weir.Benchmarks.Processes;

namespace Weir.Benchmarks.Http;

/// <summary>What wrk cannot do, since the next request depends on the answer to the one before.</summary>
internal static class SqsDriver
{
    private const int BatchMessages = 10;
    private const int FillConnections = 16;

    /// <summary>
    /// By then a receive that was sent is waiting in the server; what is timed starts later than it.
    /// </summary>
    private static readonly TimeSpan UntilWaiting = TimeSpan.FromMilliseconds(2);

    /// <summary>Sends this many messages, in batches.</summary>
    public static async Task FillAsync(ServerProcess weir, string queue, int messages)
    {
        var request = weir.Requests.SendBatch(queue, BatchMessages);
        var batches = messages / BatchMessages;
        await EachAsync(weir, FillConnections, async connection =>
        {
            while (Interlocked.Decrement(ref batches) >= 0)
            {
                var answer = await connection.SendAsync(request);
                if (answer.BodyOfSuccess.Span.IndexOf("\"Failed\":[{"u8) >= 0)
                    throw new InvalidOperationException("A message of a batch was refused.");
            }
        });
    }

    /// <summary>As <see cref="FillAsync"/>; the time that it takes.</summary>
    public static async Task<TimeSpan> TimedFillAsync(ServerProcess weir, string queue, int messages)
    {
        var clock = Stopwatch.StartNew();
        await FillAsync(weir, queue, messages);
        return clock.Elapsed;
    }

    /// <summary>Receives and deletes so many messages, of at least as many that wait; the time that it takes.</summary>
    public static async Task<TimeSpan> DrainAsync(ServerProcess weir, string queue, int messages, int connections)
    {
        var receive = weir.Requests.Receive(queue, BatchMessages, waitSeconds: 0);
        var left = messages;
        var clock = Stopwatch.StartNew();
        await EachAsync(weir, connections, async connection =>
        {
            // A receive has its share before it is sent, so that no more are taken out than were asked for.
            while (Interlocked.Add(ref left, -BatchMessages) >= 0)
            {
                var handles = ReceiptHandles((await connection.SendAsync(receive)).BodyOfSuccess);
                Interlocked.Add(ref left, BatchMessages - handles.Count);
                if (handles.Count == 0) continue;
                _ = (await connection.SendAsync(weir.Requests.DeleteBatch(queue, handles))).BodyOfSuccess;
            }
        });
        return clock.Elapsed;
    }

    /// <summary>
    /// Milliseconds from before a message is sent until the consumer, whose long poll was waiting, has it; one message
    /// at a time.
    /// </summary>
    public static async Task<List<double>> LatenciesAsync(ServerProcess weir, string queue, int messages)
    {
        using var producer = await HttpConnection.OpenAsync(weir.Port);
        using var consumer = await HttpConnection.OpenAsync(weir.Port);
        var send = weir.Requests.Send(queue);
        var receive = weir.Requests.Receive(queue, BatchMessages, waitSeconds: 20);
        var latencies = new List<double>(messages);
        while (latencies.Count < messages)
        {
            var receiving = ReceiveAsync();
            await Task.Delay(UntilWaiting);
            var start = Stopwatch.GetTimestamp();
            _ = (await producer.SendAsync(send)).BodyOfSuccess;
            var (handles, end) = await receiving;
            latencies.Add(Stopwatch.GetElapsedTime(start, end).TotalMilliseconds);
            _ = (await consumer.SendAsync(weir.Requests.DeleteBatch(queue, handles))).BodyOfSuccess;
        }

        return latencies;

        async Task<(List<string> Handles, long End)> ReceiveAsync()
        {
            var answer = await consumer.SendAsync(receive);
            var end = Stopwatch.GetTimestamp();
            return (ReceiptHandles(answer.BodyOfSuccess), end);
        }
    }

    /// <summary>So many senders, each with one message outstanding, for so long; messages per second.</summary>
    public static async Task<(int Messages, double PerSecond)> SendAsync(
        ServerProcess weir, string queue, int outstanding, double seconds)
    {
        var request = weir.Requests.Send(queue);
        var sent = 0;
        var clock = Stopwatch.StartNew();
        await EachAsync(weir, outstanding, async connection =>
        {
            for (; clock.Elapsed.TotalSeconds < seconds; Interlocked.Increment(ref sent))
                _ = (await connection.SendAsync(request)).BodyOfSuccess;
        });
        return (sent, sent / clock.Elapsed.TotalSeconds);
    }

    /// <summary>Uses so many connections at once.</summary>
    public static async Task EachAsync(ServerProcess weir, int count, Func<HttpConnection, Task> use)
    {
        var connections = await HttpConnection.OpenAsync(weir.Port, count);
        await Task.WhenAll(connections.Select(connection => Task.Run(() => use(connection))));
        foreach (var connection in connections) connection.Dispose();
    }

    private static List<string> ReceiptHandles(ReadOnlyMemory<byte> body)
    {
        var handles = new List<string>(BatchMessages);
        var reader = new Utf8JsonReader(body.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("ReceiptHandle"u8)) continue;
            _ = reader.Read();
            handles.Add(reader.GetString()!);
        }

        return handles;
    }
}
