using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class CancelMessageMoveTaskTests
{
    [Theory, OverBothWires]
    public async Task A_running_task_is_stopped(Wire wire)
    {
        await using var sqs = await DeadLetters.CreateAsync([.. Enumerable.Range(0, 5).Select(i => $"{i}")]);
        var started = await sqs.OkAsync(wire, DeadLetters.Start().Set("MaxNumberOfMessagesPerSecond", 1));

        var answer = await sqs.OkAsync(wire, Cancel(started.Text("TaskHandle")!));

        Assert.True(int.Parse(answer.Text("ApproximateNumberOfMessagesMoved")!, CultureInfo.InvariantCulture) < 5);
        var task = Assert.Single(DeadLetters.Tasks(await sqs.OkAsync(wire, DeadLetters.List())));
        Assert.Equal("CANCELLED", task.Text("Status"));
        Assert.Null(task.Text("TaskHandle"));
    }

    [Theory, OverBothWires]
    public async Task A_handle_that_is_none_is_refused(Wire wire)
    {
        await using var sqs = await DeadLetters.CreateAsync();
        foreach (var handle in (string[])["x", "!!!!", "YQ", new string('a', 3000)])
            await sqs.RefusedAsync(wire, Cancel(handle), "InvalidParameterValue");
        const string Task = "00000000-0000-0000-0000-000000000001|arn:aws:sqs:us-east-1:000000000000:";
        await sqs.RefusedAsync(wire, Cancel(Encode(Task + "orders")), "ResourceNotFoundException", 404);
        await sqs.RefusedAsync(wire, Cancel(Encode(Task + "nowhere")), "ResourceNotFoundException", 404);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static SqsRequest Cancel(string handle) =>
        new SqsRequest("CancelMessageMoveTask").Set("TaskHandle", handle);
}
