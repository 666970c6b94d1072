namespace Weir.Tests.Protocols.Sqs;

/// <summary>A dead-letter queue, "orders", of a queue called "source", with messages in it.</summary>
internal static class DeadLetters
{
    public const string SourceArn = "arn:aws:sqs:us-east-1:000000000000:source";

    public static async Task<TestSqs> CreateAsync(params string[] bodies)
    {
        var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.CreateAsync("source", (
            "RedrivePolicy", $$"""{"deadLetterTargetArn":"{{TestSqs.OrdersArn}}","maxReceiveCount":1}"""));
        foreach (var body in bodies) await sqs.SendAsync(body);
        return sqs;
    }

    public static SqsRequest Start(string arn = TestSqs.OrdersArn) =>
        new SqsRequest("StartMessageMoveTask").Set("SourceArn", arn);

    public static SqsRequest List(int max = 1) =>
        new SqsRequest("ListMessageMoveTasks").Set("SourceArn", TestSqs.OrdersArn).Set("MaxResults", max);

    public static IReadOnlyList<SqsAnswer> Tasks(SqsAnswer answer) =>
        answer.Items("Results", "ListMessageMoveTasksResultEntry");
}
