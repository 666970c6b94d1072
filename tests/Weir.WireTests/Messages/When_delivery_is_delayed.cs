using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Messages;

public sealed class When_delivery_is_delayed(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task By_the_queue_a_message_comes_when_the_delay_is_over(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("delayed", ("DelaySeconds", "1"));

        await sqs.SendAsync(queue, "later");

        Assert.Equal("later", (await sqs.ReceiveOneAsync(queue)).Text);
        Assert.Equal((0, 1, 0), await sqs.CountersAsync(queue));
    }

    [Theory, BothProtocols]
    public async Task Until_then_nobody_gets_it_and_it_counts_as_delayed(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("not-yet", ("DelaySeconds", "900"));

        await sqs.SendAsync(queue, "later");

        await sqs.NothingIsReceivedAsync(queue);
        Assert.Equal((0, 0, 1), await sqs.CountersAsync(queue));
    }

    [Theory, BothProtocols]
    public async Task By_the_message_it_comes_when_the_delay_is_over(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("own-delay");

        await sqs.SendAsync(queue, "later", new() { ["DelaySeconds"] = 1 });

        Assert.Equal("later", (await sqs.ReceiveOneAsync(queue)).Text);
    }

    [Theory, BothProtocols]
    public async Task By_the_message_it_overrides_the_queue_both_ways(string client)
    {
        var sqs = server.Client(client, this);
        var slow = await sqs.CreateAsync("slow", ("DelaySeconds", "900"));
        var quick = await sqs.CreateAsync("quick");

        await sqs.SendAsync(slow, "now", new() { ["DelaySeconds"] = 0 });
        await sqs.SendAsync(quick, "later", new() { ["DelaySeconds"] = 900 });
        await sqs.SendAsync(quick, "now");

        Assert.Equal("now", Assert.Single(await sqs.ReceiveAsync(slow)).Text);
        Assert.Equal("now", Assert.Single(await sqs.ReceiveAsync(quick)).Text);
    }

    [Theory, BothProtocols]
    public async Task In_a_batch_each_entry_has_its_own(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("delayed-batch");

        await sqs.SendBatchAsync(
            queue,
            new JsonObject { ["MessageBody"] = "later", ["DelaySeconds"] = 900 },
            new JsonObject { ["MessageBody"] = "now" });

        Assert.Equal("now", Assert.Single(await sqs.ReceiveAsync(queue)).Text);
        Assert.Equal((0, 1, 1), await sqs.CountersAsync(queue));
    }

    [Theory, BothProtocols]
    public async Task Beyond_fifteen_minutes_it_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("too-late");

        foreach (var seconds in new[] { -1, 901, int.MaxValue })
            await sqs.RefusesAsync(SqsError.InvalidParameterValue, "SendMessage", new()
            {
                ["QueueUrl"] = queue,
                ["MessageBody"] = "never",
                ["DelaySeconds"] = seconds,
            });
    }
}
