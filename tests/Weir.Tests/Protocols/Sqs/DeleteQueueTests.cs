using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class DeleteQueueTests
{
    [Theory, OverBothWires]
    public async Task A_deleted_queue_is_gone(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        var delete = new SqsRequest("DeleteQueue").Set("QueueUrl", TestSqs.OrdersUrl);

        await sqs.OkAsync(wire, delete);

        await sqs.RefusedAsync(wire, delete, "AWS.SimpleQueueService.NonExistentQueue");
        await sqs.RefusedAsync(wire, new SqsRequest("DeleteQueue"), "MissingParameter");
    }
}
