using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Sns;

/// <summary>The queue that gives a FIFO topic its sequence numbers is nobody's to see or to use.</summary>
public sealed class InternalQueueTests
{
    private const string Name = "~topic-news.fifo";

    [Fact]
    public async Task It_is_not_listed()
    {
        await using var sns = await StartAsync();
        await sns.Queues.CreateAsync("orders");

        foreach (var prefix in (string[])["", "~", "~topic"])
        {
            var request = new SqsRequest("ListQueues").Set("QueueNamePrefix", prefix);
            var urls = (await sns.Queues.OkAsync(Wire.Json, request)).Texts("QueueUrls", "QueueUrl");
            Assert.Equal(prefix.Length == 0 ? [TestSns.QueueUrl("orders")] : [], urls);
        }
    }

    [Fact]
    public async Task No_request_reaches_it()
    {
        await using var sns = await StartAsync();
        var url = TestSns.QueueUrl(Name);
        var arn = TestSns.QueueArn(Name);
        SqsRequest Of(string operation) => new SqsRequest(operation).Set("QueueUrl", url);

        await RefusedAsync(Of("SendMessage").Set("MessageBody", "x").Set("MessageGroupId", "g")
            .Set("MessageDeduplicationId", "1"), "InvalidAddress", 404);
        foreach (var operation in (string[])["ReceiveMessage", "PurgeQueue", "DeleteQueue", "GetQueueAttributes"])
            await RefusedAsync(Of(operation), "InvalidAddress", 404);
        await RefusedAsync(Of("SetQueueAttributes").Attributes(("VisibilityTimeout", "1")), "InvalidAddress", 404);
        await RefusedAsync(
            new SqsRequest("GetQueueUrl").Set("QueueName", Name), "AWS.SimpleQueueService.NonExistentQueue", 400);
        await RefusedAsync(new SqsRequest("CreateQueue").Set("QueueName", Name).Attributes(("FifoQueue", "true")),
            "InvalidParameterValue", 400);
        await RefusedAsync(new SqsRequest("CreateQueue").Set("QueueName", "a.fifo").Attributes(
                ("FifoQueue", "true"),
                ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":1}""")),
            "InvalidParameterValue", 400);
        await RefusedAsync(
            new SqsRequest("StartMessageMoveTask").Set("SourceArn", arn), "InvalidParameterValue", 400);

        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "still", id: "1"));

        Task<SqsAnswer> RefusedAsync(SqsRequest request, string code, int status) =>
            sns.Queues.RefusedAsync(Wire.Json, request, code, status);
    }

    // Without it, the two tests above would pass though there were no such queue.
    private static async Task<TestSns> StartAsync()
    {
        var sns = new TestSns();
        await sns.CreateTopicAsync("news.fifo");
        var name = new QueueName(TestSns.Account, TestSns.Region, Name);
        Assert.True((await sns.Queues.Broker.Broker.ExecuteAsync(new GetQueueCommand(name))).IsOk);
        return sns;
    }
}
