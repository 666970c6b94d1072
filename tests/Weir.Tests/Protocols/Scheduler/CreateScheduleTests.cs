using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class CreateScheduleTests
{
    [Fact]
    public async Task It_answers_the_arn_and_the_same_request_again_does_too()
    {
        await using var scheduler = new TestScheduler();
        var token = new JsonObject { ["ClientToken"] = "t" };
        var created = await scheduler.ScheduleAsync("s", "rate(1 hour)", token);
        Assert.Equal($"{TestScheduler.Prefix}schedule/default/s", created["ScheduleArn"]!.GetValue<string>());
        await scheduler.OkAsync("POST", "/schedules/s", TestScheduler.Input("s", "rate(1 hour)", token));
        await scheduler.RefusedAsync(
            "POST", "/schedules/s", 409, "ConflictException", TestScheduler.Input("s", "rate(1 hour)"));
        await scheduler.Clock.WhenIdleAsync();
        Assert.Equal(["hello"], await scheduler.BodiesAsync("s"));
    }

    [Fact]
    public async Task A_group_must_be_there()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.Sqs.CreateAsync("s");
        await scheduler.RefusedAsync("POST", "/schedules/s", 404, "ResourceNotFoundException",
            TestScheduler.Input("s", "rate(1 hour)", new JsonObject { ["GroupName"] = "none" }));
    }

    [Theory]
    [InlineData("""{"ScheduleExpression":"rate(0 hours)"}""")]
    [InlineData("""{"ScheduleExpression":"at(2025-12-31T23:00:00)"}""")]
    [InlineData("""{"ScheduleExpressionTimezone":"Mars/Olympus"}""")]
    [InlineData("""{"EndDate":1700000000}""")]
    [InlineData("""{"StartDate":1900000000,"EndDate":1800000000}""")]
    [InlineData("""{"StartDate":1e300}""")]
    [InlineData("""{"FlexibleTimeWindow":null}""")]
    [InlineData("""{"FlexibleTimeWindow":{"Mode":"FLEXIBLE"}}""")]
    [InlineData("""{"FlexibleTimeWindow":{"Mode":"FLEXIBLE","MaximumWindowInMinutes":1441}}""")]
    [InlineData("""{"FlexibleTimeWindow":{"Mode":"OFF","MaximumWindowInMinutes":5}}""")]
    [InlineData("""{"State":"ON"}""")]
    [InlineData("""{"ActionAfterCompletion":"KEEP"}""")]
    [InlineData("""{"KmsKeyArn":"arn:aws:kms:us-east-1:000000000000:key/k"}""")]
    [InlineData("""{"GroupName":"a b"}""")]
    [InlineData("""{"ClientToken":""}""")]
    [InlineData("""{"Target":null}""")]
    public async Task What_is_not_valid_or_not_served_is_refused(string more)
    {
        await using var scheduler = new TestScheduler();
        await scheduler.Sqs.CreateAsync("s");
        await scheduler.RefusedAsync("POST", "/schedules/s", 400, "ValidationException",
            TestScheduler.Input("s", "rate(1 hour)", JsonNode.Parse(more)!.AsObject()));
        Assert.Equal(0, scheduler.Clock.Count);
    }

    [Theory]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:f", "{}", "{}")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:none", "{}", "{}")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:q.fifo", "{}", "{}")]
    [InlineData("arn:aws:sqs:eu-west-1:000000000000:s", "{}", "{}")]
    [InlineData("arn:aws:events:us-east-1:000000000000:event-bus/default", "{}", "{}")]
    [InlineData("arn:aws:events:us-east-1:000000000000:event-bus/default", "[]",
        """{"EventBridgeParameters":{"Source":"a","DetailType":"b"}}""")]
    [InlineData("arn:aws:events:us-east-1:000000000000:event-bus/default", "{}",
        """{"EventBridgeParameters":{"Source":"aws.a","DetailType":"b"}}""")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:s", "{}", """{"EcsParameters":{}}""")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:s", "{}", """{"RetryPolicy":{"MaximumRetryAttempts":186}}""")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:s", "{}", """{"RetryPolicy":{"MaximumEventAgeInSeconds":59}}""")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:s", "{}",
        """{"DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:000000000000:none"}}""")]
    [InlineData("arn:aws:scheduler:::aws-sdk:lambda:invoke", "{}", "{}")]
    [InlineData("arn:aws:scheduler:::aws-sdk:sqs:sendMessage", "text", "{}")]
    [InlineData("arn:aws:scheduler:::aws-sdk:sqs:sendMessage", """{"MessageBody":"b"}""", "{}")]
    [InlineData("arn:aws:scheduler:::aws-sdk:sqs:sendMessage",
        """{"QueueUrl":"http://h/000000000000/s","MessageBody":"b","DelaySeconds":5}""", "{}")]
    public async Task A_target_that_Weir_cannot_reach_is_refused(string arn, string input, string more)
    {
        await using var scheduler = new TestScheduler();
        await scheduler.Sqs.CreateAsync("s");
        await scheduler.Sqs.CreateAsync("q.fifo", ("ContentBasedDeduplication", "true"));
        var target = TestScheduler.Target(arn, input, JsonNode.Parse(more)!.AsObject());
        await scheduler.RefusedAsync("POST", "/schedules/s", 400, "ValidationException",
            TestScheduler.Input("s", "rate(1 hour)", new JsonObject { ["Target"] = target }));
    }
}
