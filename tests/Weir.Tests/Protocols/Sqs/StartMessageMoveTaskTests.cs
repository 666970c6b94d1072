using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class StartMessageMoveTaskTests
{
    [Theory, OverBothWires]
    public async Task It_moves_the_messages_to_the_destination(Wire wire)
    {
        await using var sqs = await DeadLetters.CreateAsync("a", "b");

        var answer = await sqs.OkAsync(wire, DeadLetters.Start().Set("DestinationArn", DeadLetters.SourceArn));

        Assert.NotNull(answer.Text("TaskHandle"));
        var moved = 0;
        while (moved < 2)
        {
            sqs.Broker.Time.Advance(TimeSpan.FromSeconds(1));
            moved += (await sqs.ReceiveAsync($"http://{TestSqs.Host}/000000000000/source")).Count;
        }

        Assert.Empty(await sqs.ReceiveAsync());
    }

    [Theory, OverBothWires]
    public async Task What_breaks_a_rule_is_refused(Wire wire)
    {
        await using var sqs = await DeadLetters.CreateAsync("a");
        const string Nowhere = "arn:aws:sqs:us-east-1:000000000000:nowhere";

        await sqs.RefusedAsync(wire, DeadLetters.Start(DeadLetters.SourceArn), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, DeadLetters.Start(Nowhere), "ResourceNotFoundException", 404);
        await sqs.RefusedAsync(wire, DeadLetters.Start("nonsense"), "InvalidParameterValue");
        await sqs.RefusedAsync(
            wire, DeadLetters.Start("arn:aws:sqs:us-east-1:111111111111:orders"), "ResourceNotFoundException", 404);
        await sqs.RefusedAsync(
            wire, DeadLetters.Start().Set("DestinationArn", Nowhere), "ResourceNotFoundException", 404);
        await sqs.RefusedAsync(
            wire, DeadLetters.Start().Set("MaxNumberOfMessagesPerSecond", 501), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, new SqsRequest("StartMessageMoveTask"), "MissingParameter");
        await sqs.OkAsync(wire, DeadLetters.Start().Set("MaxNumberOfMessagesPerSecond", 1));
        await sqs.RefusedAsync(wire, DeadLetters.Start(), "InvalidParameterValue");
    }
}
