using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Messages;

public sealed class When_visibility_expires(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task The_message_comes_back_with_its_count_raised(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("queue-timeout", ("VisibilityTimeout", "1"));
        await sqs.SendAsync(queue, "work");

        var first = await sqs.ReceiveOneAsync(queue);
        var second = await sqs.ReceiveOneAsync(queue);

        Assert.Equal(first.Id, second.Id);
        Assert.NotEqual(first.Handle, second.Handle);
        Assert.Equal((1, 2), (first.Count, second.Count));
        Assert.Equal(
            first.System("ApproximateFirstReceiveTimestamp"), second.System("ApproximateFirstReceiveTimestamp"));
    }

    [Theory, BothProtocols]
    public async Task Until_then_nobody_else_gets_it(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("until-then", ("VisibilityTimeout", "43200"));
        await sqs.SendAsync(queue, "work");

        await sqs.ReceiveOneAsync(queue);

        await sqs.NothingIsReceivedAsync(queue);
        Assert.Equal((0, 1, 0), await sqs.CountersAsync(queue));
    }

    [Theory, BothProtocols]
    public async Task The_receive_may_name_its_own_timeout(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("own-timeout", ("VisibilityTimeout", "43200"));
        await sqs.SendAsync(queue, "work");

        var first = await sqs.ReceiveOneAsync(queue, new() { ["VisibilityTimeout"] = 1 });
        var second = await sqs.ReceiveOneAsync(queue);

        Assert.Equal(first.Id, second.Id);
    }

    [Theory, BothProtocols]
    public async Task A_timeout_of_zero_leaves_the_message_visible(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("no-timeout");
        await sqs.SendAsync(queue, "work");

        var first = await sqs.ReceiveOneAsync(queue, new() { ["VisibilityTimeout"] = 0 });
        var second = Assert.Single(await sqs.ReceiveAsync(queue));

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(2, second.Count);
    }

    [Theory, BothProtocols]
    public async Task An_old_handle_is_taken_but_deletes_nothing(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("old-handle");
        await sqs.SendAsync(queue, "work");
        var first = await sqs.ReceiveOneAsync(queue, new() { ["VisibilityTimeout"] = 0 });
        await sqs.ReceiveOneAsync(queue, new() { ["VisibilityTimeout"] = 0 });

        await sqs.DeleteAsync(queue, first);

        Assert.Equal(first.Id, (await sqs.ReceiveOneAsync(queue)).Id);
    }

    [Theory, BothProtocols]
    public async Task A_timeout_beyond_twelve_hours_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("beyond");

        await sqs.RefusesAsync(SqsError.InvalidParameterValue, "ReceiveMessage", new()
        {
            ["QueueUrl"] = queue,
            ["VisibilityTimeout"] = 43_201,
        });
    }
}
