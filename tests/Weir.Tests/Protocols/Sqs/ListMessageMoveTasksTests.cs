using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class ListMessageMoveTasksTests
{
    [Theory, OverBothWires]
    public async Task It_lists_the_tasks_with_their_progress(Wire wire)
    {
        await using var sqs = await DeadLetters.CreateAsync("a", "b", "c");
        Assert.Empty(DeadLetters.Tasks(await sqs.OkAsync(wire, DeadLetters.List())));
        var started = await sqs.OkAsync(wire, DeadLetters.Start().Set("DestinationArn", DeadLetters.SourceArn)
            .Set("MaxNumberOfMessagesPerSecond", 1));

        var task = Assert.Single(DeadLetters.Tasks(await sqs.OkAsync(wire, DeadLetters.List(10))));

        Assert.Equal(
            ("RUNNING", TestSqs.OrdersArn, DeadLetters.SourceArn, "1", "3"),
            (task.Text("Status"), task.Text("SourceArn"), task.Text("DestinationArn"),
                task.Text("MaxNumberOfMessagesPerSecond"), task.Text("ApproximateNumberOfMessagesToMove")));
        Assert.Equal(started.Text("TaskHandle"), task.Text("TaskHandle"));
        Assert.Equal("1767225600000", task.Text("StartedTimestamp"));
    }

    [Theory, OverBothWires]
    public async Task What_breaks_a_rule_is_refused(Wire wire)
    {
        await using var sqs = await DeadLetters.CreateAsync();

        await sqs.RefusedAsync(wire, DeadLetters.List(0), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, DeadLetters.List(11), "InvalidParameterValue");
        await sqs.RefusedAsync(
            wire, DeadLetters.List().Set("SourceArn", "arn:aws:sqs:us-east-1:000000000000:nowhere"),
            "ResourceNotFoundException", 404);
    }
}
