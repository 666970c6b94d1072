using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Pipes;

public sealed class UpdatePipeTests
{
    [Fact]
    public async Task What_is_not_mentioned_stays()
    {
        await using var pipes = new TestPipes();
        await pipes.PipeAsync("p", new JsonObject
        {
            ["Description"] = "first",
            ["SourceParameters"] = new JsonObject { ["SqsQueueParameters"] = new JsonObject { ["BatchSize"] = 3 } },
        });

        await pipes.OkAsync("PUT", "/v1/pipes/p", new JsonObject
        {
            ["RoleArn"] = TestPipes.Role, ["DesiredState"] = "STOPPED",
            ["Target"] = "arn:aws:events:us-east-1:000000000000:event-bus/default",
        });

        var pipe = await pipes.OkAsync("GET", "/v1/pipes/p");
        Assert.Equal(("first", "STOPPED", 3), ((string?)pipe["Description"], (string?)pipe["CurrentState"],
            (int)pipe["SourceParameters"]!["SqsQueueParameters"]!["BatchSize"]!));
        var bus = pipe["TargetParameters"]!["EventBridgeEventBusParameters"]!;
        Assert.Equal(("Pipe p", "Event from aws:sqs"), ((string?)bus["Source"], (string?)bus["DetailType"]));
    }

    [Fact]
    public async Task A_pipe_must_be_there()
    {
        await using var pipes = new TestPipes();
        await pipes.RefusedAsync(
            "PUT", "/v1/pipes/p", 404, "NotFoundException", new JsonObject { ["RoleArn"] = TestPipes.Role });
    }
}
