using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Lifetime;

/// <summary>An orderly stop and a new start on the same data: nothing that a client can see has changed.</summary>
public sealed class When_the_server_restarts(OwnServer own) : IClassFixture<OwnServer>
{
    [Theory, BothProtocols]
    public async Task Everything_is_as_it_was(string client)
    {
        var sqs = own.Client(client, Account.Of(nameof(When_the_server_restarts), client));
        var dead = await sqs.CreateAsync("dead");
        var queue = await sqs.CreateAsync(
            "standard",
            new JsonObject { ["team"] = "a" },
            ("VisibilityTimeout", "600"), ("RedrivePolicy", QueueCalls.Redrive(sqs.ArnOf(dead), 2)));
        var attributes = new JsonObject { ["blob"] = Custom.Binary([0, 1, 255]) };
        await sqs.SendAsync(queue, "in flight", new() { ["MessageAttributes"] = attributes.DeepClone() });
        var leased = await sqs.ReceiveOneAsync(queue);
        await sqs.SendAsync(queue, "delayed", new() { ["DelaySeconds"] = 900 });
        await sqs.SendAsync(queue, "done before");
        await sqs.DeleteAsync(queue, await sqs.ReceiveOneAsync(queue));
        await sqs.SendAsync(queue, "done after");
        var done = await sqs.ReceiveOneAsync(queue);
        await sqs.SendAsync(queue, "waiting", new() { ["MessageAttributes"] = attributes.DeepClone() });
        var settings = (await sqs.AttributesAsync(queue)).ToJsonString();

        await own.Weir.StopAsync();
        await own.Weir.StartAgainAsync();

        Assert.Equal(settings, (await sqs.AttributesAsync(queue)).ToJsonString());
        Assert.Equal((1, 2, 1), await sqs.CountersAsync(queue));
        var tags = await sqs.CallAsync("ListQueueTags", new() { ["QueueUrl"] = queue });
        Assert.Equal("a", (string?)tags["Tags"]!["team"]);
        var waiting = Assert.Single(await sqs.ReceiveAsync(queue));
        Assert.Equal("waiting", waiting.Text);
        Assert.Equal(Checksum.OfAttributes(attributes), waiting.CustomChecksum);
        await sqs.ChangeVisibilityAsync(queue, leased, 0);
        var again = Assert.Single(await sqs.ReceiveAsync(queue));
        Assert.Equal(("in flight", leased.Id, 2), (again.Text, again.Id, again.Count));
        Assert.Equal(leased.System("SentTimestamp"), again.System("SentTimestamp"));
        await sqs.DeleteAsync(queue, done);
        Assert.Equal((0, 2, 1), await sqs.CountersAsync(queue));
    }

    [Fact]
    public async Task A_move_of_dead_letters_goes_on()
    {
        var sqs = own.Client(ClientKinds.DotNet, Account.Of(nameof(When_the_server_restarts), "move"));
        var dead = await sqs.CreateAsync("dead");
        var queue = await sqs.CreateAsync(
            "source", ("VisibilityTimeout", "0"), ("RedrivePolicy", QueueCalls.Redrive(sqs.ArnOf(dead), 1)));
        foreach (var body in new[] { "a", "b", "c", "d" }) await sqs.SendAsync(queue, body);
        while ((await sqs.CountersAsync(dead)).Visible < 4) await sqs.ReceiveAsync(queue);
        await sqs.SetAsync(queue, ("VisibilityTimeout", "43200"));
        await sqs.CallAsync(
            "StartMessageMoveTask", new() { ["SourceArn"] = sqs.ArnOf(dead), ["MaxNumberOfMessagesPerSecond"] = 2 });

        await own.Weir.StopAsync();
        await own.Weir.StartAgainAsync();

        var back = await sqs.ReceiveManyAsync(queue, 4);
        Assert.Equal(["a", "b", "c", "d"], back.Select(message => message.Text).Order(StringComparer.Ordinal));
        var tasks = await sqs.CallAsync("ListMessageMoveTasks", new() { ["SourceArn"] = sqs.ArnOf(dead) });
        var task = Assert.Single(tasks["Results"]!.AsArray())!;
        Assert.Equal(4, (int)task["ApproximateNumberOfMessagesMoved"]!);
    }

    [Theory, BothProtocols]
    public async Task Fifo_keeps_its_order_its_groups_and_what_it_has_seen(string client)
    {
        var sqs = own.Client(client, Account.Of(nameof(When_the_server_restarts), client));
        var queue = await sqs.CreateFifoAsync("ordered.fifo", ("VisibilityTimeout", "600"));
        var sent = await sqs.SendAsync(queue, "a1", "a", "id-1");
        await sqs.SendAsync(queue, "a2", "a", "id-2");
        await sqs.SendAsync(queue, "b1", "b", "id-3");
        JsonObject attempt = new() { ["MaxNumberOfMessages"] = 1, ["ReceiveRequestAttemptId"] = "attempt" };
        var leased = Assert.Single(await sqs.ReceiveAsync(queue, more: attempt));

        await own.Weir.StopAsync();
        await own.Weir.StartAgainAsync();

        var repeated = await sqs.SendAsync(queue, "a1", "a", "id-1");
        Assert.Equal((string?)sent["MessageId"], (string?)repeated["MessageId"]);
        Assert.Equal(leased.Id, Assert.Single(await sqs.ReceiveAsync(queue, more: attempt)).Id);
        var free = Assert.Single(await sqs.ReceiveAsync(queue));
        Assert.Equal("b1", free.Text);
        await sqs.DeleteAsync(queue, leased);
        var next = Assert.Single(await sqs.ReceiveAsync(queue));
        Assert.Equal("a2", next.Text);
        var later = await sqs.SendAsync(queue, "a3", "a", "id-4");
        Assert.True(string.CompareOrdinal(next.System("SequenceNumber"), (string)later["SequenceNumber"]!) < 0);
    }
}
