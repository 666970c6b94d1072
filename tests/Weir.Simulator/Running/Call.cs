using System.Collections.Immutable;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Simulator;

// A request on its way: what was asked, and what came of it.
internal sealed class Call(Operation operation, int queue, IReadOnlyList<HandleModel> handles, long startedMs)
{
    public Operation Operation { get; } = operation;

    public int Queue { get; } = queue;

    public IReadOnlyList<HandleModel> Handles { get; } = handles;

    public long StartedMs { get; } = startedMs;

    // Null while there is none.
    public string? Answer { get; set; }

    public Exception? Failure { get; set; }

    public IReadOnlyList<ReceivedMessage> Received { get; set; } = [];

    // A receive that the broker has seen and that still waits.
    public bool IsParked { get; set; }

    // Its queue may be deleted, the broker stop or the client go away while it waits.
    public bool MayEndEarly { get; set; }

    public bool IsTooLarge { get; set; }

    public CancellationTokenSource Hangup { get; } = new();

    public bool IsAdding => Operation is
        Send or Publish or CreateQueue or Configure or StartMove or Tag { IsRemoved: false };
}

// Requests as the broker takes them.
internal static class Calls
{
    public static string? Group(Message message) => message.Group is { } group ? $"group{group}" : null;

    public static string? Dedup(Message message) => message.Dedup is { } id and not 0 ? $"id{id}" : null;

    public static string ContentDedup(Message message) => $"content{message.Number % 7}";

    public static SendCommand Command(Send send) => new(
        Queues.Names[send.Queue],
        [.. send.Messages().Select(message => Entry(message, Queues.Names[send.Queue].HasFifoSuffix))]);

    public static PublishCommand Command(Publish publish, Call call) => new([new Publication
    {
        MessageId = Answers.Id(publish.Message.Number),
        Contents =
        [
            new(Answers.Content(publish.Message.Number, publish.Message.Bytes).Encode(), publish.Message.Bytes),
        ],
        Deliveries = [.. publish.Targets().Select(queue => Delivery(publish.Message, Queues.Names[queue]))],
    }])
    {
        Consume = call.Handles.Count == 0 ? [] :
        [
            new Consumption(Queues.Names[call.Queue], [.. call.Handles.Select(handle =>
                new ReceiptHandle(handle.QueueId, handle.Sequence, handle.Receives))]),
        ],
    };

    public static ReceiveCommand Command(Receive receive) => new(
        Queues.Names[receive.Queue], receive.Max, Seconds(receive.VisibilitySeconds), AttemptId(receive));

    public static DeleteCommand DeleteCommand(Call call) => new(
        Queues.Names[call.Queue], [.. call.Handles.Select(Text)]);

    public static ChangeVisibilityCommand ChangeCommand(Call call, int seconds) => new(
        Queues.Names[call.Queue],
        [.. call.Handles.Select(handle => new VisibilityChange(Text(handle), TimeSpan.FromSeconds(seconds)))]);

    public static CreateQueueCommand Command(CreateQueue create) => new(
        Queues.Names[create.Queue], Queues.Patch(create.Queue, create.Setting, create.Value),
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    public static ConfigureQueueCommand Command(Configure configure) => new(
        Queues.Names[configure.Queue], Queues.Patch(configure.Queue, configure.Setting, configure.Value));

    public static TagQueueCommand Command(Tag tag) => tag.IsRemoved
        ? new(Queues.Names[tag.Queue], new Dictionary<string, string>(), [$"key{tag.Key}"])
        : new(Queues.Names[tag.Queue], new Dictionary<string, string> { [$"key{tag.Key}"] = "value" }, []);

    public static StartMoveTaskCommand Command(StartMove start) => new(
        Answers.Id(start.Number), Queues.Names[start.Source],
        start.Destination is { } destination ? Queues.Names[destination] : null, start.Rate)
    {
        Filter = start.Where is { } digits ? Filter(digits) : null,
    };

    // The attribute of each message's content says its number. Without any digit none is wanted.
    private static string Filter(int digits)
    {
        var suffixes = Enumerable.Range(0, 10).Where(digit => (digits & (1 << digit)) != 0)
            .Select(digit => $$"""{"suffix":"{{digit}}"}""");
        return $"{{\"attributes\":{{\"number\":[{string.Join(',', suffixes.Append("\"none\""))}]}}}}";
    }

    public static CancelMoveTaskCommand Command(CancelMove cancel) => new(
        Queues.Names[cancel.Source], Answers.Id(cancel.Task));

    private static SendEntry Entry(Message message, bool isFifo)
    {
        var content = Answers.Content(message.Number, message.Bytes);
        return new SendEntry
        {
            MessageId = Answers.Id(message.Number),
            Payload = content.Encode(),
            ContentBytes = message.Bytes,
            Delay = Seconds(message.DelaySeconds),
            GroupId = Group(message),
            DeduplicationId = isFifo ? Dedup(message) : null,
            ContentDeduplicationId = ContentDedup(message),
        };
    }

    private static Delivery Delivery(Message message, QueueName queue) => new()
    {
        Queue = queue,
        MessageId = Answers.Id(message.Number),
        GroupId = Group(message),
        DeduplicationId = queue.HasFifoSuffix ? Dedup(message) : null,
        ContentDeduplicationId = ContentDedup(message),
    };

    private static string Text(HandleModel handle) =>
        new ReceiptHandle(handle.QueueId, handle.Sequence, handle.Receives).ToString();

    private static string? AttemptId(Receive receive) =>
        receive.Attempt is { } attempt ? $"attempt{attempt}" : null;

    private static TimeSpan? Seconds(int? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;
}
