using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Pipes;

public sealed class CreatePipeTests
{
    [Fact]
    public async Task A_pipe_runs_at_once_and_passes_messages_on()
    {
        await using var pipes = new TestPipes();
        pipes.Start();
        var created = await pipes.PipeAsync("p", new JsonObject
        {
            ["TargetParameters"] = new JsonObject { ["InputTemplate"] = "<$.body>" },
        });
        Assert.Equal(("RUNNING", "RUNNING", TestPipes.Prefix + "p"), (
            (string?)created["CurrentState"], (string?)created["DesiredState"], (string?)created["Arn"]));

        await pipes.Sqs.SendAsync("""{"n":1}""", "http://localhost/000000000000/p-from");

        var answer = await pipes.Sqs.JsonAsync("ReceiveMessage",
            """{"QueueUrl":"http://localhost/000000000000/p-to","WaitTimeSeconds":20}""");
        Assert.Equal("""{"n":1}""", Assert.Single(answer.Items("Messages", "Message")).Text("Body"));
    }

    [Fact]
    public async Task A_pipe_of_that_name_is_a_conflict()
    {
        await using var pipes = new TestPipes();
        await pipes.PipeAsync("p");
        await pipes.RefusedAsync("POST", "/v1/pipes/p", 409, "ConflictException", TestPipes.Input("p"));
    }

    [Theory]
    [InlineData("""{"Target":"arn:aws:lambda:us-east-1:000000000000:function:f"}""", "no such service")]
    [InlineData("""{"Target":"arn:aws:sqs:eu-west-1:000000000000:p-to"}""", "another account or region")]
    [InlineData("""{"Target":"arn:aws:sqs:us-east-1:000000000000:p-from"}""", "its own source")]
    [InlineData("""{"Target":"arn:aws:sns:us-east-1:000000000000:t.fifo"}""", "FIFO topic")]
    [InlineData("""{"Target":"p-to"}""", "no ARN")]
    [InlineData("""{"Source":"arn:aws:kinesis:us-east-1:000000000000:stream/s"}""", "kinesis")]
    [InlineData("""{"RoleArn":null}""", "RoleArn")]
    [InlineData("""{"DesiredState":"PAUSED"}""", "DesiredState")]
    [InlineData("""{"Enrichment":"arn:aws:lambda:us-east-1:000000000000:function:f"}""", "Enrichment")]
    [InlineData("""{"KmsKeyIdentifier":"k"}""", "KmsKeyIdentifier")]
    [InlineData("""{"LogConfiguration":{"Level":"ERROR"}}""", "LogConfiguration")]
    [InlineData("""{"SourceParameters":{"KinesisStreamParameters":{}}}""", "KinesisStreamParameters")]
    [InlineData("""{"SourceParameters":{"SqsQueueParameters":{"BatchSize":11}}}""", "BatchSize")]
    [InlineData("""{"SourceParameters":{"SqsQueueParameters":{"MaximumBatchingWindowInSeconds":301}}}""", "300")]
    [InlineData("""{"SourceParameters":{"FilterCriteria":{"Filters":[{"Pattern":"{"}]}}}""", "")]
    [InlineData("""{"TargetParameters":{"LambdaFunctionParameters":{}}}""", "LambdaFunctionParameters")]
    [InlineData("""{"TargetParameters":{"EventBridgeEventBusParameters":{"Source":"s"}}}""", "event bus")]
    [InlineData("""{"TargetParameters":{"InputTemplate":"{\"a\":<b>}"}}""", "template")]
    public async Task What_cannot_be_is_refused_by_name(string change, string named)
    {
        await using var pipes = new TestPipes();
        await pipes.Sqs.CreateAsync("p-from");
        await pipes.Sqs.CreateAsync("p-to");
        var input = TestPipes.Input("p", JsonNode.Parse(change)!.AsObject());
        var message = await pipes.RefusedAsync("POST", "/v1/pipes/p", 400, "ValidationException", input);
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queues_that_are_not_there_are_refused()
    {
        await using var pipes = new TestPipes();
        await pipes.Sqs.CreateAsync("p-from");
        await pipes.RefusedAsync("POST", "/v1/pipes/p", 404, "NotFoundException", TestPipes.Input("p"));
    }

    [Fact]
    public async Task A_FIFO_queue_needs_a_group_and_an_id()
    {
        await using var pipes = new TestPipes();
        await pipes.Sqs.CreateAsync("p-from");
        await pipes.Sqs.CreateAsync("to.fifo", ("FifoQueue", "true"));
        var input = TestPipes.Input("p", new JsonObject { ["Target"] = TestPipes.QueuePrefix + "to.fifo" });
        await pipes.RefusedAsync("POST", "/v1/pipes/p", 400, "ValidationException", input);
        input["TargetParameters"] = new JsonObject
        {
            ["SqsQueueParameters"] = new JsonObject { ["MessageGroupId"] = "g" },
        };
        await pipes.RefusedAsync("POST", "/v1/pipes/p", 400, "ValidationException", input);
        input["TargetParameters"]!["SqsQueueParameters"]!["MessageDeduplicationId"] = "$.messageId";
        await pipes.OkAsync("POST", "/v1/pipes/p", input);
    }
}
