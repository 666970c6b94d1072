using System.Text;
using System.Text.Json;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Simulator;

// A flow's messages as the broker takes and gives them.
internal static class FlowMessages
{
    // The event that a pipe makes of a message, as far as the flow's pipes look at it.
    public static ValueTask<Outcome<ReadOnlyMemory<byte>>> Render(QueueName queue, ReceivedMessage message)
    {
        var body = JsonSerializer.Serialize(Encoding.UTF8.GetString(message.Content.Body.Span));
        var json = $$"""{"messageId":"{{message.Lease.MessageId}}","body":{{body}}}""";
        return ValueTask.FromResult<Outcome<ReadOnlyMemory<byte>>>(
            new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(json)));
    }

    public static SendCommand Command(FlowSend send)
    {
        var queue = FlowNames.Queues[send.Queue];
        return new SendCommand(queue,
        [
            .. Enumerable.Range(send.FirstNumber, send.Count).Select(number => new SendEntry
            {
                MessageId = Answers.Id(number),
                Payload = new MessageContent { Body = FlowNames.Body(number, send.Group, send.Pad) }.Encode(),
                ContentBytes = FlowNames.Body(number, send.Group, send.Pad).Length,
                GroupId = queue.HasFifoSuffix ? FlowNames.GroupOf(send.Group) : null,
                DeduplicationId = queue.HasFifoSuffix ? $"id{number}" : null,
            }),
        ]);
    }
}
