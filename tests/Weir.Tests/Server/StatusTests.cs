using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using Weir.Server.Status;
using Weir.Server.Telemetry;
using Xunit;

namespace Weir.Tests.Server;

public sealed class StatusTests
{
    [Fact]
    public async Task The_status_counts_what_is_stored_and_what_of_the_log_is_live()
    {
        await using var server = await RunningServer.StartAsync();
        await SendAsync(server, messages: 3);

        var status = await server.GetAsync(StatusAnswer.Path);

        Assert.Equal(1, status["queues"]!.GetValue<int>());

        // One more tells in the audit log who made the queue.
        Assert.Equal(3 + 1, status["messages"]!["stored"]!.GetValue<long>());
        Assert.Equal(3 + 1, status["messages"]!["waitingInMemory"]!.GetValue<long>());
        var (live, disk) = (Number(status["log"]!["liveBytes"]), Number(status["log"]!["diskBytes"]));
        Assert.InRange(live, 4 * 80, 4 * 400);
        Assert.InRange(disk, live, 1L << 30);
        Assert.Equal(live / (double)disk, status["log"]!["liveShare"]!.GetValue<double>(), 3);
        Assert.Equal(0, Number(status["compaction"]!["backlogBytes"]));
    }

    [Fact]
    public async Task Only_get_is_answered()
    {
        await using var server = await RunningServer.StartAsync();

        using var answer = await server.Http.PostAsync(StatusAnswer.Path, content: null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task The_meter_shows_the_same_figures()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.WithKey);
        using var sqs = server.Sqs(RunningServer.Key.Id, RunningServer.Key.Secret);
        for (var i = 0; i < 17; i++)
            await sqs.CallAsync("CreateQueue", new JsonObject { ["QueueName"] = $"queue-{i}" }, default);
        var seen = new List<(string Name, long Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == ServerMetrics.MeterName) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen.Add((instrument.Name, value)));
        listener.Start();
        listener.RecordObservableInstruments();

        // Other tests' servers of this process are seen, too.
        Assert.Contains(("weir.queues", 17), seen);
        Assert.Contains(seen, one => one is { Name: "weir.log.size", Value: > 0 });
        Assert.Contains(seen, one => one.Name == "weir.compaction.backlog");
    }

    private static async Task SendAsync(RunningServer server, int messages)
    {
        using var sqs = server.Sqs();
        var queue = await sqs.CallAsync("CreateQueue", new JsonObject { ["QueueName"] = "orders" }, default);
        for (var i = 0; i < messages; i++)
        {
            await sqs.CallAsync(
                "SendMessage",
                new JsonObject { ["QueueUrl"] = $"{queue["QueueUrl"]}", ["MessageBody"] = $"message {i}" },
                default);
        }
    }

    private static long Number(JsonNode? node) => node!.GetValue<long>();
}
