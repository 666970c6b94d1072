using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Fifo;

public sealed class When_a_rule_of_fifo_is_broken(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task A_message_without_a_group_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("no-group.fifo", ("ContentBasedDeduplication", "true"));

        await RefusesAsync(sqs, SqsError.MissingParameter, queue, []);
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
    }

    [Theory, BothProtocols]
    public async Task A_message_that_cannot_be_deduplicated_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("no-id.fifo");

        await RefusesAsync(sqs, SqsError.InvalidParameterValue, queue, new() { ["MessageGroupId"] = "group" });
    }

    [Theory, BothProtocols]
    public async Task A_delay_of_its_own_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("own-delay.fifo", ("ContentBasedDeduplication", "true"));

        await RefusesAsync(sqs, SqsError.InvalidParameterValue, queue, new()
        {
            ["MessageGroupId"] = "group",
            ["DelaySeconds"] = 2,
        });
    }

    [Theory, BothProtocols]
    public async Task Ids_that_are_too_long_or_of_other_characters_are_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("ids.fifo", ("ContentBasedDeduplication", "true"));
        foreach (var bad in new[] { new string('x', 129), "a space", "ünï", "line\nbreak" })
        {
            await RefusesAsync(sqs, SqsError.InvalidParameterValue, queue, new() { ["MessageGroupId"] = bad });
            await RefusesAsync(sqs, SqsError.InvalidParameterValue, queue, new()
            {
                ["MessageGroupId"] = "group",
                ["MessageDeduplicationId"] = bad,
            });
        }
        var punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" + new string('x', 96);
        await sqs.SendAsync(queue, "allowed", punctuation, punctuation);
        Assert.Equal(punctuation, (await sqs.ReceiveOneAsync(queue)).System("MessageGroupId"));
    }

    [Theory, BothProtocols]
    public async Task A_batch_with_a_message_without_a_group_is_refused_whole(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("batch-group.fifo");

        await RefusesBatchAsync(sqs, queue, new() { ["MessageDeduplicationId"] = "id" });
    }

    [Theory, BothProtocols]
    public async Task A_batch_with_a_message_that_cannot_be_deduplicated_is_refused_whole(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("batch-id.fifo");

        await RefusesBatchAsync(sqs, queue, new() { ["MessageGroupId"] = "group" });
    }

    [Theory, BothProtocols]
    public async Task A_queue_stays_of_its_kind(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("kind.fifo");

        var refusal = await Assert.ThrowsAsync<SqsRefusedException>(() => sqs.SetAsync(queue, ("FifoQueue", "false")));

        Assert.StartsWith("InvalidAttribute", refusal.Code, StringComparison.Ordinal);
    }

    [Theory, BothProtocols]
    public async Task A_standard_queue_takes_no_deduplication_id(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("standard");

        await RefusesAsync(sqs, SqsError.InvalidParameterValue, queue, new() { ["MessageDeduplicationId"] = "id" });
    }

    [Theory, BothProtocols]
    public async Task Settings_that_need_each_other_or_a_fifo_queue_are_refused_without(string client)
    {
        var sqs = server.Client(client, this);
        await RefusesToCreateAsync(
            sqs, "throughput.fifo", ("FifoQueue", "true"), ("FifoThroughputLimit", "perMessageGroupId"));
        await RefusesToCreateAsync(sqs, "scope.fifo", ("FifoQueue", "true"), ("DeduplicationScope", "some"));
        await RefusesToCreateAsync(sqs, "content", ("ContentBasedDeduplication", "true"));
        await RefusesToCreateAsync(sqs, "scope", ("DeduplicationScope", "queue"));
    }

    [Theory, BothProtocols]
    public async Task A_handle_whose_lease_has_ended_deletes_nothing(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("expired.fifo", ("ContentBasedDeduplication", "true"));
        await sqs.SendAsync(queue, "kept", "group");
        var expired = await sqs.ReceiveOneAsync(queue, new() { ["VisibilityTimeout"] = 0 });

        await sqs.RefusesAsync(SqsError.InvalidParameterValue, "DeleteMessage", new()
        {
            ["QueueUrl"] = queue,
            ["ReceiptHandle"] = expired.Handle,
        });

        Assert.Equal("kept", (await sqs.ReceiveOneAsync(queue)).Text);
    }

    private static Task<SqsRefusedException> RefusesAsync(
        SqsClient sqs, SqsError error, string queue, JsonObject more) =>
        sqs.RefusesAsync(
            error, "SendMessage", new JsonObject { ["QueueUrl"] = queue, ["MessageBody"] = "refused" }.With(more));

    private static async Task RefusesBatchAsync(SqsClient sqs, string queue, JsonObject bad)
    {
        JsonObject good = new() { ["MessageGroupId"] = "group", ["MessageDeduplicationId"] = "good" };
        JsonArray entries =
        [
            good.With(new() { ["Id"] = "good", ["MessageBody"] = "good" }),
            bad.With(new() { ["Id"] = "bad", ["MessageBody"] = "bad" }),
        ];
        await sqs.RefusesAsync(
            SqsError.InvalidParameterValue, "SendMessageBatch", new() { ["QueueUrl"] = queue, ["Entries"] = entries });
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
    }

    // Which of the two errors AWS gives depends on the attribute; either names what is wrong.
    private static async Task RefusesToCreateAsync(
        SqsClient sqs, string name, params (string Name, string Value)[] attributes)
    {
        var refusal = await Assert.ThrowsAsync<SqsRefusedException>(() => sqs.CreateAsync(name, attributes));
        Assert.Contains(refusal.Code, new[]
        {
            SqsError.InvalidAttributeName.Code,
            SqsError.InvalidAttributeValue.Code,
            SqsError.InvalidParameterValue.Code,
        });
    }
}
