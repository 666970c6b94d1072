using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class PutTargetsTests
{
    [Theory]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:f", "", "UnsupportedOperation", "lambda")]
    [InlineData("arn:aws:states:us-east-1:000000000000:stateMachine:m", "", "UnsupportedOperation", "states")]
    [InlineData("arn:aws:events:us-east-1:000000000000:api-destination/a/1", "", "ValidationException", "API dest")]
    [InlineData("nonsense", "", "ValidationException", "correct format")]
    [InlineData($"{TestEvents.QueuePrefix}none", "", "ResourceNotFoundException", "does not exist")]
    [InlineData($"{TestEvents.TopicPrefix}none", "", "ResourceNotFoundException", "does not exist")]
    [InlineData($"{TestEvents.Prefix}event-bus/none", "", "ResourceNotFoundException", "does not exist")]
    [InlineData($"{TestEvents.Prefix}event-bus/default", "", "ValidationException", "own bus")]
    [InlineData($"{TestEvents.TopicPrefix}t.fifo", "", "ValidationException", "FIFO topic")]
    [InlineData("arn:aws:sqs:us-east-1:999999999999:q", "", "ValidationException", "another account")]
    [InlineData($"{TestEvents.QueuePrefix}f.fifo", "", "ValidationException", "MessageGroupId")]
    [InlineData(
        $"{TestEvents.QueuePrefix}f.fifo", """,{"SqsParameters":{"MessageGroupId":"g"}}""", "ValidationException",
        "ContentBasedDeduplication")]
    [InlineData(
        $"{TestEvents.QueuePrefix}q", """,{"SqsParameters":{"MessageGroupId":"g"}}""", "ValidationException",
        "FIFO queues")]
    [InlineData($"{TestEvents.QueuePrefix}q", """,{"Input":"{"}""", "ValidationException", "JSON")]
    [InlineData($"{TestEvents.QueuePrefix}q", """,{"InputPath":"detail"}""", "ValidationException", "")]
    [InlineData(
        $"{TestEvents.QueuePrefix}q", """,{"InputTransformer":{"InputTemplate":"<a>"}}""", "ValidationException", "a")]
    [InlineData(
        $"{TestEvents.QueuePrefix}q", """,{"Input":"1","InputPath":"$"}""", "ValidationException", "Only one")]
    [InlineData(
        $"{TestEvents.QueuePrefix}q", """,{"DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:000000000000:none"}}""",
        "ResourceNotFoundException", "none")]
    [InlineData(
        $"{TestEvents.QueuePrefix}q", """,{"DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:000000000000:f.fifo"}}""",
        "ValidationException", "standard")]
    [InlineData($"{TestEvents.QueuePrefix}q", """,{"EcsParameters":{}}""", "UnsupportedOperation", "EcsParameters")]
    public async Task What_cannot_be_a_target_fails_by_itself(string arn, string more, string code, string reason)
    {
        await using var events = new TestEvents();
        await events.QueueAsync("q");
        await events.QueueAsync("f.fifo");
        await events.RuleAsync("r");
        var target = new JsonObject { ["Id"] = "bad", ["Arn"] = arn };
        if (more.Length > 0)
        {
            foreach (var (name, value) in JsonNode.Parse(more[1..])!.AsObject()) target[name] = value?.DeepClone();
        }

        var answer = await events.PutTargetsAsync("r", $"{TestEvents.Target("q")},{target.ToJsonString()}");

        Assert.Equal(1, answer["FailedEntryCount"]!.GetValue<int>());
        var failed = answer["FailedEntries"]![0]!;
        Assert.Equal(("bad", code), (failed["TargetId"]!.GetValue<string>(), failed["ErrorCode"]!.GetValue<string>()));
        Assert.Contains(reason, failed["ErrorMessage"]!.GetValue<string>(), StringComparison.Ordinal);
        var listed = await events.OkAsync("ListTargetsByRule", """{"Rule":"r"}""");
        Assert.Equal("q", Assert.Single(listed["Targets"]!.AsArray())!["Id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_target_of_the_same_id_is_replaced_and_five_are_the_most()
    {
        await using var events = new TestEvents();
        await events.RuleAsync("r");
        for (var i = 0; i < 6; i++) await events.QueueAsync($"q{i}");
        for (var i = 0; i < 5; i++) await events.TargetsAsync("r", TestEvents.Target($"q{i}"));
        await events.TargetsAsync("r", TestEvents.Target("q0", ""","Input":"7" """));

        await events.RefusedAsync(
            "PutTargets", $$"""{"Rule":"r","Targets":[{{TestEvents.Target("q5")}}]}""", "LimitExceededException");
        var listed = await events.OkAsync("ListTargetsByRule", """{"Rule":"r"}""");
        Assert.Equal(5, listed["Targets"]!.AsArray().Count);
        Assert.Equal("7", listed["Targets"]![0]!["Input"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"Rule":"none","Targets":[{"Id":"q","Arn":"arn:aws:sqs:us-east-1:000000000000:q"}]}""",
        "ResourceNotFoundException")]
    [InlineData("""{"Rule":"r","Targets":[]}""", "ValidationException")]
    [InlineData("""{"Rule":"r","Targets":[{"Arn":"x"}]}""", "ValidationException")]
    [InlineData("""{"Rule":"r","Targets":[{"Id":"a b","Arn":"x"}]}""", "ValidationException")]
    [InlineData("""{"Rule":"r","Targets":[{"Id":"a","Arn":"x"},{"Id":"a","Arn":"x"}]}""", "ValidationException")]
    [InlineData("""{"Rule":"r","Targets":[{"Id":"a","Arn":"x","RetryPolicy":{"MaximumRetryAttempts":186}}]}""",
        "ValidationException")]
    [InlineData("""{"Rule":"r","Targets":[{"Id":"a","Arn":"x","RetryPolicy":{"MaximumEventAgeInSeconds":59}}]}""",
        "ValidationException")]
    public async Task A_request_that_is_none_is_refused(string json, string code)
    {
        await using var events = new TestEvents();
        await events.QueueAsync("q");
        await events.RuleAsync("r");

        await events.RefusedAsync("PutTargets", json, code);
    }
}
