using Weir.Tests.Protocols.Sqs;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>Requests as clients send them, for the readers of both dialects.</summary>
internal static class SqsSeeds
{
    public static IReadOnlyList<SqsRequest> Requests { get; } =
    [
        new SqsRequest("SendMessage").Set("QueueUrl", "http://localhost:4566/000000000000/orders")
            .Set("MessageBody", "hello \"world\" + 100% \u00e9\ud83d\ude00").Set("DelaySeconds", 5)
            .Attribute("trace", "String", "abc").Attribute("count", "Number.int", "-12.5e3")
            .Attribute("blob", "Binary", binary: [0, 1, 2, 250]),
        new SqsRequest("CreateQueue").Set("QueueName", "orders.fifo")
            .Map("Attributes", "Attribute", "Name", "Value",
                ("FifoQueue", "true"), ("VisibilityTimeout", "30"), ("ContentBasedDeduplication", "true"),
                ("RedrivePolicy",
                    """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:d.fifo","maxReceiveCount":"3"}"""),
                ("Policy", """
                    {"Version":"2012-10-17",
                     "Statement":[{"Sid":"a","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}
                    """))
            .Map("tags", "Tag", "Key", "Value", ("team", "a b"), ("cost", "x/y")),
        new SqsRequest("ReceiveMessage").Set("QueueUrl", "orders").Set("MaxNumberOfMessages", 10)
            .Texts("AttributeNames", "AttributeName", "All")
            .Texts("MessageAttributeNames", "MessageAttributeName", "a.*", "b"),
    ];
}
