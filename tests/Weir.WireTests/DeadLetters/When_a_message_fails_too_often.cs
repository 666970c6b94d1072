using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.DeadLetters;

public sealed class When_a_message_fails_too_often(SharedServer server)
{
    [Theory, EveryLibrary]
    public async Task It_is_in_the_dead_letter_queue_instead(string client)
    {
        var sqs = server.Client(client, this);
        var dead = await sqs.CreateAsync("dead");
        var queue = await sqs.CreateAsync(
            "source", ("VisibilityTimeout", "0"), ("RedrivePolicy", QueueCalls.Redrive(sqs.ArnOf(dead), 2)));
        JsonObject attributes = new() { ["kind"] = Custom.Text("poison") };
        var sent = await sqs.SendAsync(queue, "poison", new() { ["MessageAttributes"] = attributes });

        Assert.Equal(1, Assert.Single(await sqs.ReceiveAsync(queue)).Count);
        var last = Assert.Single(await sqs.ReceiveAsync(queue));
        Assert.Equal(2, last.Count);
        await sqs.NothingIsReceivedAsync(queue);

        var letter = await sqs.ReceiveOneAsync(dead);
        Assert.Equal(("poison", (string)sent["MessageId"]!), (letter.Text, letter.Id));
        Assert.Equal("poison", (string?)letter.Custom["kind"]!["StringValue"]);
        Assert.Equal(last.System("SentTimestamp"), letter.System("SentTimestamp"));
        Assert.Equal(sqs.ArnOf(queue), letter.System("DeadLetterQueueSourceArn"));
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
    }

    [Theory, BothProtocols]
    public async Task A_fifo_group_goes_on_without_it(string client)
    {
        var sqs = server.Client(client, this);
        var dead = await sqs.CreateFifoAsync("dead.fifo", ("ContentBasedDeduplication", "true"));
        var queue = await sqs.CreateFifoAsync(
            "source.fifo",
            ("ContentBasedDeduplication", "true"), ("RedrivePolicy", QueueCalls.Redrive(sqs.ArnOf(dead), 1)));
        var poison = await sqs.SendAsync(queue, "poison", "group");
        await sqs.SendAsync(queue, "healthy", "group");
        JsonObject one = new() { ["MaxNumberOfMessages"] = 1, ["VisibilityTimeout"] = 0 };
        Assert.Equal("poison", Assert.Single(await sqs.ReceiveAsync(queue, more: one)).Text);

        Assert.Equal("healthy", (await sqs.ReceiveOneAsync(queue)).Text);

        var letter = await sqs.ReceiveOneAsync(dead);
        Assert.Equal(("poison", "group"), (letter.Text, letter.System("MessageGroupId")));
        Assert.Equal((string?)poison["MessageId"], letter.System("MessageDeduplicationId"));
    }

    [Theory, BothProtocols]
    public async Task The_sources_of_a_dead_letter_queue_are_listed_by_pages(string client)
    {
        var sqs = server.Client(client, this);
        var dead = await sqs.CreateAsync("listed-dead");
        string[] names = [.. Enumerable.Range(0, 3).Select(i => $"listed-source-{i}")];
        foreach (var name in names)
            await sqs.CreateAsync(name, ("RedrivePolicy", QueueCalls.Redrive(sqs.ArnOf(dead), 5)));

        var all = await sqs.CallAsync("ListDeadLetterSourceQueues", new() { ["QueueUrl"] = dead });
        var first = await sqs.CallAsync(
            "ListDeadLetterSourceQueues", new() { ["QueueUrl"] = dead, ["MaxResults"] = 2 });
        var second = await sqs.CallAsync("ListDeadLetterSourceQueues", new()
        {
            ["QueueUrl"] = dead,
            ["MaxResults"] = 2,
            ["NextToken"] = (string?)first["NextToken"],
        });

        Assert.Equal(names, all.QueueNames().Order(StringComparer.Ordinal));
        Assert.Equal(2, first.QueueNames().Length);
        Assert.Equal(names, first.QueueNames().Concat(second.QueueNames()).Order(StringComparer.Ordinal));
        Assert.Null((string?)second["NextToken"]);
    }

    [Theory, BothProtocols]
    public async Task A_policy_that_cannot_work_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var dead = await sqs.CreateAsync("bad-dead");
        var fifo = await sqs.CreateFifoAsync("bad-dead.fifo");
        var queue = await sqs.CreateAsync("bad-source");
        string[] bad =
        [
            QueueCalls.Redrive(sqs.ArnOf(dead), 0),
            QueueCalls.Redrive(sqs.ArnOf(dead), 1001),
            QueueCalls.Redrive(sqs.Arn("never-created"), 3),
            QueueCalls.Redrive(sqs.ArnOf(fifo), 3),
            QueueCalls.Redrive("dummy", 3),
            "{", "[]", """{"maxReceiveCount":3}""", $$"""{"deadLetterTargetArn":"{{sqs.ArnOf(dead)}}"}""",
        ];
        foreach (var policy in bad)
            await sqs.RefusesAsync(SqsError.InvalidParameterValue, "SetQueueAttributes", new()
            {
                ["QueueUrl"] = queue,
                ["Attributes"] = QueueCalls.Map(("RedrivePolicy", policy)),
            });
        Assert.Null((await sqs.AttributesAsync(queue))["RedrivePolicy"]);
    }

    [Theory, BothProtocols]
    public async Task An_empty_policy_ends_it(string client)
    {
        var sqs = server.Client(client, this);
        var dead = await sqs.CreateAsync("ended-dead");
        var queue = await sqs.CreateAsync(
            "ended", ("VisibilityTimeout", "0"), ("RedrivePolicy", QueueCalls.Redrive(sqs.ArnOf(dead), 1)));

        await sqs.SetAsync(queue, ("RedrivePolicy", ""));

        Assert.Null((await sqs.AttributesAsync(queue))["RedrivePolicy"]);
        await sqs.SendAsync(queue, "stubborn");
        for (var i = 1; i <= 3; i++) Assert.Equal(i, Assert.Single(await sqs.ReceiveAsync(queue)).Count);
        await sqs.NothingIsReceivedAsync(dead);
    }

    [Theory, BothProtocols]
    public async Task A_dead_letter_queue_may_refuse_sources(string client)
    {
        var sqs = server.Client(client, this);
        var none = await sqs.CreateAsync("for-none", ("RedriveAllowPolicy", """{"redrivePermission":"denyAll"}"""));
        var some = await sqs.CreateAsync("for-some", ("RedriveAllowPolicy",
            $$"""{"redrivePermission":"byQueue","sourceQueueArns":["{{sqs.Arn("friend")}}"]}"""));

        await sqs.CreateAsync("friend", ("RedrivePolicy", QueueCalls.Redrive(sqs.ArnOf(some), 3)));
        foreach (var (name, target) in new[] { ("friend-2", none), ("stranger", some) })
            await sqs.RefusesAsync(SqsError.InvalidParameterValue, "CreateQueue", new()
            {
                ["QueueName"] = name,
                ["Attributes"] = QueueCalls.Map(("RedrivePolicy", QueueCalls.Redrive(sqs.ArnOf(target), 3))),
            });
    }
}
