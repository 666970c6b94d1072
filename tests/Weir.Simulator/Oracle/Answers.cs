using System.Globalization;
using System.Text;
using Weir.Broker.Messages;
using Weir.Engine;

namespace Weir.Simulator;

// The broker's answers as text, to be compared with what the oracle says.
internal static class Answers
{
    public const string Done = "done";
    public const string Cancelled = "cancelled";
    public const string Published = "published";

    public static string Message(
        int number, long queueId, long sequence, int receives, long sentMs, long firstReceivedMs, string? group,
        string? dedup, string? source) =>
        string.Create(CultureInfo.InvariantCulture,
            $"[{number} of {queueId} #{sequence} receive {receives} sent {sentMs} "
            + $"first {firstReceivedMs} group {group} dedup {dedup} from {source}]");

    public static string Of<T>(Outcome<T> outcome, Func<T, string> describe) =>
        outcome.Fault is { } fault ? fault.Code.ToString() : describe(outcome.Value);

    public static string Of(Outcome<Done> outcome) => Of(outcome, _ => Done);

    public static string Of<T>(IReadOnlyList<Outcome<T>> outcomes, Func<T, string> describe) =>
        string.Join(' ', outcomes.Select(outcome => Of(outcome, describe)));

    public static string Of(SentMessage sent) => string.Create(
        CultureInfo.InvariantCulture, $"#{sent.Sequence} {NumberOf(sent.MessageId)}");

    public static string Of(PublishResult result) => result.Failures.Count == 0
        ? Published
        : string.Join(' ', result.Failures.Select(failure => $"{failure.Delivery} {failure.Reason.Code}"));

    public static string Of(QueueDescription queue) => string.Create(
        CultureInfo.InvariantCulture, $"{queue.Counters.Visible}/{queue.Counters.InFlight}/{queue.Counters.Delayed} "
            + $"revision {queue.Revision} {Config(queue.Config)} {Tags(queue.Tags)}");

    public static string Of(MoveTaskDescription task) => Task(
        NumberOf(task.TaskId), task.Destination?.Name, task.Status.ToString(), task.Moved, task.ToMove);

    public static string Of(ReceivedMessage message)
    {
        var lease = message.Lease;
        return Message(
            Number(message.Content), lease.Receipt.QueueId, lease.Sequence, lease.ReceiveCount, lease.SentUnixMs,
            lease.FirstReceivedUnixMs, lease.GroupId, Dedup(lease.DeduplicationId), lease.DeadLetterSource?.Name);
    }

    public static string Task(int number, string? destination, string status, long moved, long toMove) =>
        string.Create(CultureInfo.InvariantCulture, $"task {number} to {destination} {status} {moved} of {toMove}");

    public static string Config(QueueConfig config) => string.Create(
        CultureInfo.InvariantCulture, $"{config.Delay} {config.VisibilityTimeout} {config.Retention} "
            + $"{config.ReceiveWait} {config.Redrive?.DeadLetterQueue.Name} {config.Redrive?.ReceiveCountMax} "
            + $"{config.ContentBasedDeduplication} {config.DeduplicationScope} {config.Flow}");

    public static string Tags(IReadOnlyDictionary<string, string> tags) =>
        string.Join(',', tags.Select(tag => $"{tag.Key}={tag.Value}"));

    // The moves give new ids; what stands for them where the id itself shows is one word.
    public static string? Dedup(string? id) => id is not null && Guid.TryParse(id, out _) ? "own-id" : id;

    public static Guid Id(int number) => new(number, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]);

    public static int NumberOf(Guid id) => BitConverter.ToInt32(id.ToByteArray());

    // Content that no other message has, in body and attribute, and whose every byte can be told from its number.
    public static MessageContent Content(int number, int bytes)
    {
        var body = new byte[bytes];
        BitConverter.TryWriteBytes(body, number);
        for (var i = sizeof(int); i < bytes; i++) body[i] = (byte)((number * 31) + (i * 7));
        return new MessageContent
        {
            Body = body,
            Attributes = [new MessageAttribute("number", "Number", Encoding.UTF8.GetBytes($"{number}"))],
            SenderId = "sender",
        };
    }

    // The number of the message whose content this is; what is nobody's content has a number that nobody has.
    private static int Number(MessageContent content)
    {
        if (content.Body.Length < sizeof(int) || content.Attributes.Count != 1) return -1;
        var number = BitConverter.ToInt32(content.Body.Span);
        var expected = Content(number, content.Body.Length);
        return content.Body.Span.SequenceEqual(expected.Body.Span)
            && content.Attributes[0].Value.Span.SequenceEqual(expected.Attributes[0].Value.Span)
            && content.SenderId == expected.SenderId
                ? number
                : -1;
    }
}
