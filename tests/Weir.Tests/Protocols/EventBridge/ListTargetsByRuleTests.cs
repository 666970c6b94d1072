using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class ListTargetsByRuleTests
{
    [Fact]
    public async Task A_target_is_answered_as_it_was_put()
    {
        await using var events = new TestEvents();
        await events.QueueAsync("q");
        await events.QueueAsync("dead");
        await events.QueueAsync("f.fifo", ("ContentBasedDeduplication", "true"));
        await events.RuleAsync("r");
        var targets = $$$"""
            [{"Id":"a","Arn":"{{{TestEvents.QueuePrefix}}}f.fifo","RoleArn":"arn:aws:iam::000000000000:role/x",
              "InputPath":"$.detail","SqsParameters":{"MessageGroupId":"g"}},
             {"Id":"b","Arn":"{{{TestEvents.QueuePrefix}}}q",
              "InputTransformer":{"InputPathsMap":{"n":"$.detail.n"},"InputTemplate":"{\"n\":<n>}"},
              "DeadLetterConfig":{"Arn":"{{{TestEvents.QueuePrefix}}}dead"},
              "RetryPolicy":{"MaximumRetryAttempts":0,"MaximumEventAgeInSeconds":60}},
             {"Id":"c","Arn":"{{{TestEvents.QueuePrefix}}}q","Input":"{\"x\":1}"}]
            """;
        await events.TargetsAsync("r", targets.Trim().Trim('[', ']'));

        var listed = await events.OkAsync("ListTargetsByRule", """{"Rule":"r"}""");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(targets), listed["Targets"]), listed.ToJsonString());
    }

    [Fact]
    public async Task They_come_in_pages()
    {
        await using var events = new TestEvents();
        await events.QueueAsync("q1");
        await events.QueueAsync("q2");
        await events.RuleAsync("r");
        await events.TargetsAsync("r", $"{TestEvents.Target("q1")},{TestEvents.Target("q2")}");

        var first = await events.OkAsync("ListTargetsByRule", """{"Rule":"r","Limit":1}""");
        var second = await events.OkAsync(
            "ListTargetsByRule", $$"""{"Rule":"r","NextToken":"{{first["NextToken"]}}"}""");

        Assert.Equal("q1", Assert.Single(first["Targets"]!.AsArray())!["Id"]!.GetValue<string>());
        Assert.Equal("q2", Assert.Single(second["Targets"]!.AsArray())!["Id"]!.GetValue<string>());
        await events.RefusedAsync("ListTargetsByRule", """{"Rule":"none"}""", "ResourceNotFoundException");
    }
}
