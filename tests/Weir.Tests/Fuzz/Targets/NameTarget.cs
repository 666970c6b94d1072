using System.Text;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Sqs;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>
/// Receipt handles, ARNs of queues, topics and subscriptions, and handles of move tasks: what is taken is what Weir
/// writes.
/// </summary>
internal sealed class NameTarget : HostileReader
{
    private static readonly QueueName Queue = new("000000000000", "us-east-1", "orders");

    private static readonly TopicName Topic = new("000000000000", "us-east-1", "news.fifo");

    public override string Name => "name";

    public override IReadOnlyList<byte[]> Seeds { get; } = Texts(
        new ReceiptHandle(1, 2, 3).ToString(), new ReceiptHandle(long.MaxValue, long.MinValue, -1).ToString(),
        QueueArn.Write(Queue), MoveTaskHandle.Write(new Guid(1, 2, 3, new byte[8]), Queue),
        TopicArn.Write(Topic), TopicArn.Write(Topic, new Guid(1, 2, 3, new byte[8])));

    public override IReadOnlyList<byte[]> Tokens { get; } =
        Texts("arn:aws:sqs:", "arn:aws:sns:", ":", "aws-cn", ".fifo", "=", "_", "-", "|");

    public override bool Takes(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var isTaken = false;
        if (ReceiptHandle.TryParse(text, out var handle))
        {
            isTaken = true;
            Require(handle.ToString() == text, "a receipt handle is not the one that Weir writes");
        }

        if (QueueArn.Parse(text) is { } name)
        {
            isTaken = true;
            Require(QueueArn.Parse(QueueArn.Write(name)) == name, "an ARN does not come back");
        }

        if (MoveTaskHandle.Parse(text) is { } task)
        {
            isTaken = true;
            var again = MoveTaskHandle.Parse(MoveTaskHandle.Write(task.TaskId, task.Source));
            Require(again == task, "a move task does not come back");
        }

        return isTaken | IsTopic(text);
    }

    private static bool IsTopic(string text)
    {
        var isTaken = false;
        if (TopicArn.Parse(text) is { } topic)
        {
            isTaken = true;
            Require(TopicArn.Parse(TopicArn.Write(topic)) == topic, "a topic's ARN does not come back");
        }

        if (TopicArn.ParseSubscription(text) is { } subscription)
        {
            isTaken = true;
            var again = TopicArn.ParseSubscription(TopicArn.Write(subscription.Topic, subscription.Id));
            Require(again == subscription, "a subscription's ARN does not come back");
        }

        return isTaken;
    }
}
