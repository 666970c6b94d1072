using System.Text;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Sqs;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>Receipt handles, ARNs and handles of move tasks: what is taken is what Weir writes.</summary>
internal sealed class NameTarget : HostileReader
{
    private static readonly QueueName Queue = new("000000000000", "us-east-1", "orders");

    public override string Name => "name";

    public override IReadOnlyList<byte[]> Seeds { get; } = Texts(
        new ReceiptHandle(1, 2, 3).ToString(), new ReceiptHandle(long.MaxValue, long.MinValue, -1).ToString(),
        QueueArn.Write(Queue), MoveTaskHandle.Write(new Guid(1, 2, 3, new byte[8]), Queue));

    public override IReadOnlyList<byte[]> Tokens { get; } =
        Texts("arn:aws:sqs:", ":", "aws-cn", ".fifo", "=", "_", "-", "|");

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

        return isTaken;
    }
}
