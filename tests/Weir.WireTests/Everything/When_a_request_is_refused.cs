using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Everything;

/// <summary>
/// Each error as each client shows it: the exception's type and code, the error's name, the text in brackets. Code that
/// catches QueueDoesNotExistException must catch it from Weir.
/// </summary>
public sealed class When_a_request_is_refused(SharedServer server)
{
    [Theory, EveryClient]
    public async Task The_client_names_the_error_as_it_does_for_amazon(string client)
    {
        var sqs = server.Client(client, this);
        var preparing = server.Client(ClientKinds.DotNet, sqs.Account);
        var queue = await preparing.CreateAsync("refusing", ("VisibilityTimeout", "0"));
        await preparing.SendAsync(queue, "seen");
        var seen = await preparing.ReceiveOneAsync(queue);
        await preparing.CallAsync("PurgeQueue", new() { ["QueueUrl"] = await preparing.CreateAsync("purged") });
        var purged = $"{server.Weir.Url}{sqs.Account}/purged";
        JsonObject Batch(params string[] ids) => new()
        {
            ["QueueUrl"] = queue,
            ["Entries"] = new JsonArray([.. ids.Select(id => new JsonObject { ["Id"] = id, ["MessageBody"] = "x" })]),
        };
        (SqsError Error, string Operation, JsonObject Input)[] refused =
        [
            (SqsError.QueueDoesNotExist, "GetQueueUrl", new() { ["QueueName"] = "none" }),
            (SqsError.QueueNameExists, "CreateQueue",
                new() { ["QueueName"] = "refusing", ["Attributes"] = QueueCalls.Map(("DelaySeconds", "1")) }),
            (SqsError.PurgeQueueInProgress, "PurgeQueue", new() { ["QueueUrl"] = purged }),
            (SqsError.TooManyEntries, "SendMessageBatch",
                Batch([.. Enumerable.Range(0, 11).Select(i => $"{i}")])),
            (SqsError.BatchEntryIdsNotDistinct, "SendMessageBatch", Batch("a", "a")),
            (SqsError.InvalidBatchEntryId, "SendMessageBatch", Batch("a b")),
            (SqsError.InvalidAttributeName, "CreateQueue",
                new() { ["QueueName"] = "new", ["Attributes"] = QueueCalls.Map(("Color", "red")) }),
            (SqsError.InvalidAttributeValue, "CreateQueue",
                new() { ["QueueName"] = "new", ["Attributes"] = QueueCalls.Map(("DelaySeconds", "901")) }),
            (SqsError.InvalidMessageContents, "SendMessage",
                new() { ["QueueUrl"] = queue, ["MessageBody"] = "\u0001" }),
            (SqsError.InvalidParameterValue, "ReceiveMessage",
                new() { ["QueueUrl"] = queue, ["MaxNumberOfMessages"] = 11 }),
            (SqsError.ReceiptHandleIsInvalid, "DeleteMessage",
                new() { ["QueueUrl"] = queue, ["ReceiptHandle"] = "none" }),
            (SqsError.MessageNotInflight, "ChangeMessageVisibility",
                new() { ["QueueUrl"] = queue, ["ReceiptHandle"] = seen.Handle, ["VisibilityTimeout"] = 1 }),
            (SqsError.ResourceNotFound, "ListMessageMoveTasks", new() { ["SourceArn"] = sqs.Arn("none") }),
        ];
        foreach (var (error, operation, input) in refused)
        {
            var refusal = await sqs.RefusesAsync(error, operation, input);
            Assert.NotEmpty(refusal.Reason);
        }
    }

    [Theory]
    [InlineData(ClientKinds.DotNet)]
    [InlineData(ClientKinds.Boto3)]
    [InlineData(ClientKinds.Node)]
    public async Task The_client_knows_the_shape_of_an_error_that_its_model_names(string client)
    {
        var sqs = server.Client(client, this);

        var refusal = await sqs.RefusesAsync(
            SqsError.QueueDoesNotExist, "GetQueueUrl", new() { ["QueueName"] = "none" });

        Assert.Equal("QueueDoesNotExist", refusal.Shape);
        Assert.Equal(400, refusal.Status);
    }
}
