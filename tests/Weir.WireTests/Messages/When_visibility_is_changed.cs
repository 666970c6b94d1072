using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Messages;

public sealed class When_visibility_is_changed(SharedServer server)
{
    [Theory, EveryLibrary]
    public async Task To_zero_the_message_is_back_at_once(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("to-zero", ("VisibilityTimeout", "43200"));
        await sqs.SendAsync(queue, "work");
        var first = await sqs.ReceiveOneAsync(queue);

        await sqs.ChangeVisibilityAsync(queue, first, 0);

        var second = Assert.Single(await sqs.ReceiveAsync(queue));
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(2, second.Count);
    }

    [Theory, BothProtocols]
    public async Task To_longer_the_lease_outlives_its_first_timeout(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("to-longer", ("VisibilityTimeout", "3"));
        await sqs.SendAsync(queue, "long work");
        var leased = await sqs.ReceiveOneAsync(queue);

        await sqs.ChangeVisibilityAsync(queue, leased, 600);

        Assert.Empty(await sqs.ReceiveAsync(queue, wait: 4));
        Assert.Equal((0, 1, 0), await sqs.CountersAsync(queue));
        await sqs.DeleteAsync(queue, leased);
    }

    [Theory, BothProtocols]
    public async Task To_shorter_the_lease_ends_sooner(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("to-shorter", ("VisibilityTimeout", "43200"));
        await sqs.SendAsync(queue, "short work");
        var first = await sqs.ReceiveOneAsync(queue);

        await sqs.ChangeVisibilityAsync(queue, first, 1);

        Assert.Equal(first.Id, (await sqs.ReceiveOneAsync(queue)).Id);
    }

    [Theory, BothProtocols]
    public async Task Of_a_message_that_is_not_in_flight_it_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("not-in-flight");
        await sqs.SendAsync(queue, "free");
        var message = await sqs.ReceiveOneAsync(queue, new() { ["VisibilityTimeout"] = 0 });

        await sqs.RefusesAsync(SqsError.MessageNotInflight, "ChangeMessageVisibility", new()
        {
            ["QueueUrl"] = queue,
            ["ReceiptHandle"] = message.Handle,
            ["VisibilityTimeout"] = 10,
        });
    }

    [Theory, BothProtocols]
    public async Task To_what_is_no_timeout_or_by_what_is_no_handle_it_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("no-timeout");
        await sqs.SendAsync(queue, "work");
        var message = await sqs.ReceiveOneAsync(queue);
        (SqsError Error, string Handle, int Seconds)[] bad =
        [
            (SqsError.InvalidParameterValue, message.Handle, -1),
            (SqsError.InvalidParameterValue, message.Handle, 43_201),
            (SqsError.ReceiptHandleIsInvalid, "no handle", 1),
        ];
        foreach (var (error, handle, seconds) in bad)
            await sqs.RefusesAsync(error, "ChangeMessageVisibility", new()
            {
                ["QueueUrl"] = queue,
                ["ReceiptHandle"] = handle,
                ["VisibilityTimeout"] = seconds,
            });
        Assert.Equal((0, 1, 0), await sqs.CountersAsync(queue));
    }
}
