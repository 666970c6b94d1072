using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Messages;

/// <summary>A body is what XML 1.0 can carry: of the control characters tab, line feed and return.</summary>
public sealed class When_a_body_has_forbidden_characters(SharedServer server)
{
    private static readonly string[] Forbidden = ["\0", "\u0001", "\b", "\u000B", "\f", "\u001F", "\uFFFE", "\uFFFF"];

    [Theory, BothProtocols]
    public async Task It_is_refused_alone(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("alone");
        foreach (var character in Forbidden)
            await sqs.RefusesAsync(SqsError.InvalidMessageContents, "SendMessage", new()
            {
                ["QueueUrl"] = queue,
                ["MessageBody"] = $"before {character} after",
            });

        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
    }

    [Theory, BothProtocols]
    public async Task In_a_batch_only_that_entry_fails(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("batch");

        var answer = await sqs.SendBatchAsync(
            queue, new JsonObject { ["MessageBody"] = "good" }, new JsonObject { ["MessageBody"] = "bad\u0001" });

        Assert.Equal(["0"], answer.Ids("Successful"));
        var failed = Assert.Single(answer["Failed"]!.AsArray())!;
        Assert.Equal("1", (string?)failed["Id"]);
        Assert.Equal(SqsError.InvalidMessageContents.Code, (string?)failed["Code"]);
        Assert.True((bool)failed["SenderFault"]!);
        Assert.Equal("good", (await sqs.ReceiveOneAsync(queue)).Text);
    }

    [Theory, BothProtocols]
    public async Task The_bounds_of_what_is_allowed_pass(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("bounds");
        const string Body = "\t\n\r \uD7FF\uE000\uFFFD\U00010000\U0010FFFF\u007F\u0085\u2028";

        await sqs.SendAsync(queue, Body);

        Assert.Equal(Body, (await sqs.ReceiveOneAsync(queue)).Text);
    }
}
