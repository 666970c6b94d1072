using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Queues;

public sealed class When_accounts_and_regions_differ(SharedServer server)
{
    private const string Elsewhere = "eu-west-1";

    [Theory, BothProtocols]
    public async Task The_same_name_is_another_queue_in_another_account(string client)
    {
        var ours = server.Client(client, Account.Of("ours", client));
        var theirs = server.Client(client, Account.Of("theirs", client));
        var ourQueue = await ours.CreateAsync("orders", ("VisibilityTimeout", "1"));
        var theirQueue = await theirs.CreateAsync("orders", ("VisibilityTimeout", "2"));

        await ours.SendAsync(ourQueue, "for us");

        await theirs.NothingIsReceivedAsync(theirQueue);
        Assert.Equal("for us", (await ours.ReceiveOneAsync(ourQueue)).Text);
        Assert.Equal(["orders"], (await theirs.CallAsync("ListQueues", [])).QueueNames());
        Assert.Equal(theirs.Arn("orders"), (string?)(await theirs.AttributesAsync(theirQueue))["QueueArn"]);
    }

    [Theory, BothProtocols]
    public async Task The_same_name_is_another_queue_in_another_region(string client)
    {
        var here = server.Client(client, this);
        var there = server.Client(client, this, Elsewhere);
        var queueHere = await here.CreateAsync("orders");

        await there.RefusesAsync(SqsError.QueueDoesNotExist, "GetQueueUrl", new() { ["QueueName"] = "orders" });
        var queueThere = await there.CreateAsync("orders");
        await here.SendAsync(queueHere, "for here");

        await there.NothingIsReceivedAsync(queueThere);
        Assert.Equal(
            $"arn:aws:sqs:{Elsewhere}:{there.Account}:orders",
            (string?)(await there.AttributesAsync(queueThere, "QueueArn"))["QueueArn"]);
        Assert.Equal("for here", (await here.ReceiveOneAsync(queueHere)).Text);
    }
}
