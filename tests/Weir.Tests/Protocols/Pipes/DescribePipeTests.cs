using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Pipes;

public sealed class DescribePipeTests
{
    [Fact]
    public async Task It_tells_all_that_was_put()
    {
        await using var pipes = new TestPipes();
        var source = JsonNode.Parse("""
            {"SqsQueueParameters":{"BatchSize":2,"MaximumBatchingWindowInSeconds":5},
             "FilterCriteria":{"Filters":[{"Pattern":"{\"body\":[\"a\"]}"}]}}
            """)!;
        var target = JsonNode.Parse("""
            {"InputTemplate":"<$.body>","SqsQueueParameters":{"MessageGroupId":"$.body.g"}}
            """)!;
        await pipes.PipeAsync("p", new JsonObject
        {
            ["Description"] = "d", ["SourceParameters"] = source, ["TargetParameters"] = target,
            ["Tags"] = new JsonObject { ["k"] = "v" },
        });

        var pipe = await pipes.OkAsync("GET", "/v1/pipes/p");

        Assert.True(JsonNode.DeepEquals(source, pipe["SourceParameters"]));
        Assert.True(JsonNode.DeepEquals(target, pipe["TargetParameters"]));
        Assert.Equal(("p", "d", TestPipes.Role, "v"), ((string?)pipe["Name"], (string?)pipe["Description"],
            (string?)pipe["RoleArn"], (string?)pipe["Tags"]!["k"]));
    }

    [Fact]
    public async Task It_tells_why_nothing_is_passed_on()
    {
        await using var pipes = new TestPipes();
        await pipes.PipeAsync("p");
        await pipes.Sqs.JsonAsync("DeleteQueue", """{"QueueUrl":"http://localhost/000000000000/p-to"}""");
        pipes.Start();
        await pipes.Sqs.SendAsync("x", "http://localhost/000000000000/p-from");

        string? reason = null;
        while (reason is null) reason = (string?)(await pipes.OkAsync("GET", "/v1/pipes/p"))["StateReason"];

        Assert.Contains("p-to", reason, StringComparison.Ordinal);
    }
}
