using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.DeadLetters;

public sealed class When_dead_letters_are_moved_back(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task Without_a_destination_each_goes_back_to_its_source(string client)
    {
        var sqs = server.Client(client, this);
        var letters = await DeadLettersAsync(sqs, "home", 3);

        await sqs.CallAsync("StartMessageMoveTask", new() { ["SourceArn"] = sqs.ArnOf(letters.Dead) });

        var back = await sqs.ReceiveManyAsync(letters.Source, 3);
        Assert.Equal(["0", "1", "2"], back.Select(message => message.Text).Order(StringComparer.Ordinal));
        Assert.Empty(back.Select(message => message.Id).Intersect(letters.Ids));
        Assert.All(back, message => Assert.Equal(1, message.Count));
        var task = await EndedTaskAsync(sqs, letters.Dead);
        Assert.Equal("COMPLETED", (string?)task["Status"]);
        Assert.Equal(3, (int)task["ApproximateNumberOfMessagesMoved"]!);
        Assert.Equal(3, (int)task["ApproximateNumberOfMessagesToMove"]!);
        Assert.Equal(sqs.ArnOf(letters.Dead), (string?)task["SourceArn"]);
        Assert.Null(task["DestinationArn"]);
        Assert.True((long)task["StartedTimestamp"]! > 1_500_000_000);
    }

    [Theory, BothProtocols]
    public async Task With_a_destination_all_go_there(string client)
    {
        var sqs = server.Client(client, this);
        var letters = await DeadLettersAsync(sqs, "away", 2);
        var other = await sqs.CreateAsync("away-other");

        await sqs.CallAsync("StartMessageMoveTask", new()
        {
            ["SourceArn"] = sqs.ArnOf(letters.Dead),
            ["DestinationArn"] = sqs.ArnOf(other),
        });

        Assert.Equal(2, (await sqs.ReceiveManyAsync(other, 2)).Count);
        var task = await EndedTaskAsync(sqs, letters.Dead);
        Assert.Equal(sqs.ArnOf(other), (string?)task["DestinationArn"]);
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(letters.Source));
    }

    [Theory, BothProtocols]
    public async Task A_running_task_shows_its_progress_bars_another_and_is_cancelled(string client)
    {
        var sqs = server.Client(client, this);
        var letters = await DeadLettersAsync(sqs, "slow", 10);
        var source = new JsonObject { ["SourceArn"] = sqs.ArnOf(letters.Dead) };

        var started = await sqs.CallAsync(
            "StartMessageMoveTask", source.DeepClone().AsObject().With(new() { ["MaxNumberOfMessagesPerSecond"] = 1 }));
        await sqs.RefusesAsync(SqsError.InvalidParameterValue, "StartMessageMoveTask", source);
        await sqs.ReceiveOneAsync(letters.Source);

        var running = await TaskAsync(sqs, letters.Dead);
        Assert.Equal("RUNNING", (string?)running["Status"]);
        Assert.Equal((string?)started["TaskHandle"], (string?)running["TaskHandle"]);
        Assert.Equal(1, (int)running["MaxNumberOfMessagesPerSecond"]!);
        Assert.Equal(10, (int)running["ApproximateNumberOfMessagesToMove"]!);
        Assert.InRange((int)running["ApproximateNumberOfMessagesMoved"]!, 1, 9);

        var cancelled = await sqs.CallAsync(
            "CancelMessageMoveTask", new() { ["TaskHandle"] = (string?)started["TaskHandle"] });
        Assert.InRange((int)cancelled["ApproximateNumberOfMessagesMoved"]!, 1, 9);
        var ended = await EndedTaskAsync(sqs, letters.Dead);
        Assert.Equal("CANCELLED", (string?)ended["Status"]);
        Assert.Null((string?)ended["TaskHandle"]);
        Assert.InRange((await sqs.CountersAsync(letters.Dead)).Visible, 1, 9);
    }

    [Theory, BothProtocols]
    public async Task What_cannot_be_moved_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var letters = await DeadLettersAsync(sqs, "refused", 1);
        var dead = sqs.ArnOf(letters.Dead);
        (SqsError Error, JsonObject Input)[] bad =
        [
            (SqsError.ResourceNotFound, new() { ["SourceArn"] = sqs.Arn("never-created") }),
            (SqsError.InvalidParameterValue, new() { ["SourceArn"] = sqs.ArnOf(letters.Source) }),
            (SqsError.InvalidParameterValue, new() { ["SourceArn"] = dead, ["MaxNumberOfMessagesPerSecond"] = 501 }),
            (SqsError.InvalidParameterValue, new() { ["SourceArn"] = dead, ["MaxNumberOfMessagesPerSecond"] = 0 }),
            (SqsError.ResourceNotFound, new() { ["SourceArn"] = dead, ["DestinationArn"] = sqs.Arn("never-created") }),
        ];
        foreach (var (error, input) in bad) await sqs.RefusesAsync(error, "StartMessageMoveTask", input);
        await sqs.RefusesAsync(
            SqsError.InvalidParameterValue, "CancelMessageMoveTask", new() { ["TaskHandle"] = "no handle" });
        await sqs.RefusesAsync(
            SqsError.ResourceNotFound, "ListMessageMoveTasks", new() { ["SourceArn"] = sqs.Arn("never-created") });
        Assert.Equal((1, 0, 0), await sqs.CountersAsync(letters.Dead));
    }

    private static async Task<(string Source, string Dead, string[] Ids)> DeadLettersAsync(
        SqsClient sqs, string name, int count)
    {
        var dead = await sqs.CreateAsync($"{name}-dead");
        var source = await sqs.CreateAsync(
            $"{name}-source", ("RedrivePolicy", QueueCalls.Redrive(sqs.ArnOf(dead), 1)));
        JsonObject[] entries = [.. Enumerable.Range(0, count).Select(i => new JsonObject { ["MessageBody"] = $"{i}" })];
        var sent = await sqs.SendBatchAsync(source, entries);
        JsonObject failing = new() { ["VisibilityTimeout"] = 0 };
        while ((await sqs.CountersAsync(dead)).Visible < count) await sqs.ReceiveAsync(source, more: failing);
        return (source, dead, [.. sent["Successful"]!.AsArray().Select(entry => (string)entry!["MessageId"]!)]);
    }

    private static async Task<JsonObject> TaskAsync(SqsClient sqs, string dead)
    {
        var list = await sqs.CallAsync("ListMessageMoveTasks", new() { ["SourceArn"] = sqs.ArnOf(dead) });
        return Assert.Single(list["Results"]!.AsArray())!.AsObject();
    }

    private static async Task<JsonObject> EndedTaskAsync(SqsClient sqs, string dead)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            var task = await TaskAsync(sqs, dead);
            if ((string?)task["Status"] is not ("RUNNING" or "CANCELLING")) return task;
        }
        throw new InvalidOperationException("The timer ended.");
    }
}
