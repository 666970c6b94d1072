using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Messages;

public sealed class When_a_message_is_deleted(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task It_never_comes_back(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("deleted", ("VisibilityTimeout", "1"));
        await sqs.SendAsync(queue, "done");

        await sqs.DeleteAsync(queue, await sqs.ReceiveOneAsync(queue));

        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
        Assert.Empty(await sqs.ReceiveAsync(queue, wait: 2));
    }

    [Theory, BothProtocols]
    public async Task Deleting_it_again_is_quiet(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("deleted-twice");
        await sqs.SendAsync(queue, "done");
        var message = await sqs.ReceiveOneAsync(queue);

        await sqs.DeleteAsync(queue, message);
        await sqs.DeleteAsync(queue, message);
    }

    [Theory, BothProtocols]
    public async Task What_is_no_handle_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("no-handle");
        await sqs.SendAsync(queue, "kept");
        var message = await sqs.ReceiveOneAsync(queue);
        var mangled = message.Handle[..^4] + (message.Handle[^4] == 'A' ? 'B' : 'A') + message.Handle[^3..];

        foreach (var handle in new[] { "no handle", "漢字", new string('x', 2000), mangled })
            await RefusesAsync(sqs, queue, handle);
        Assert.Equal((0, 1, 0), await sqs.CountersAsync(queue));
    }

    [Theory, BothProtocols]
    public async Task A_handle_of_another_queue_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var (queue, other) = (await sqs.CreateAsync("mine"), await sqs.CreateAsync("other"));
        await sqs.SendAsync(queue, "kept");
        var message = await sqs.ReceiveOneAsync(queue);

        await RefusesAsync(sqs, other, message.Handle);
        Assert.Equal((0, 1, 0), await sqs.CountersAsync(queue));
    }

    private static Task<SqsRefusedException> RefusesAsync(SqsClient sqs, string queue, string handle) =>
        sqs.RefusesAsync(SqsError.ReceiptHandleIsInvalid, "DeleteMessage", new()
        {
            ["QueueUrl"] = queue,
            ["ReceiptHandle"] = handle,
        });
}
