using System.Globalization;
using Weir.Broker.Messages;
using Weir.Broker.Requests;
using Weir.Engine;
using Weir.Protocols.Rest.Messages;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Sends what a request brings to a queue.</summary>
internal sealed class SendToQueueOperation : QueueOperation
{
    private const string TtlHeader = HeaderPrefix + "TTL";
    private const string DelayHeader = HeaderPrefix + "Delay-Seconds";
    private const int DelaySecondsMax = 900;

    public override string Method => "POST";

    public override string Path => "/_weir/queues/{name}/messages";

    public override bool AddsMessages => true;

    public override string Permission => "sqs:SendMessage";

    public override IReadOnlyList<string> Headers { get; } =
        [.. InboundMessage.Headers, .. FifoHeaders.Headers, "Delay-Seconds", "TTL"];

    protected override async ValueTask<Problem?> ExecuteAsync(RestCall call, QueueName queue)
    {
        var (messages, invalid) = InboundMessage.Read(call);
        if (invalid is not null) return invalid;
        var (ids, wrongId) = FifoHeaders.Read(call, queue.Name, messages.Count);
        var (delay, wrongDelay) = ReadDelay(call, queue);
        var (ttl, wrongTtl) = ReadTtl(call, messages);
        var (key, wrongKey) = KeyHeader.Read(call);
        if ((wrongId ?? wrongDelay ?? wrongTtl ?? wrongKey) is { } wrong) return wrong;
        var (wantsReply, _) = InboundMessage.ReadReply(call);
        var sent = messages.Select(message => new QueueMessage
        {
            Id = message.Id,
            Content = message.Content,
            Delay = delay,
            Ttl = ttl ?? TimeToLive.Of(message.Content.Attributes),
            GroupId = ids.GroupId,
            DeduplicationId = ids.DeduplicationIdOf(message, queue.Name),
        });
        var outcome = await call.Backend.Requests.SendAsync(queue, [.. sent], key, wantsReply);
        return await AcceptanceAnswer.WriteAsync(call, outcome, isQueue: true, wantsReply);
    }

    private static (TimeSpan? Delay, Problem? Problem) ReadDelay(RestCall call, QueueName queue)
    {
        if (call.Header(DelayHeader) is not { } text) return (null, null);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DelaySecondsMax)
            return (null, Problems.InvalidHeader(DelayHeader, $"is a whole number from 0 to {DelaySecondsMax}."));
        if (!queue.HasFifoSuffix) return (TimeSpan.FromSeconds(seconds), null);
        return seconds == 0
            ? (null, null)
            : (null, Problems.InvalidHeader(DelayHeader, "is not for a FIFO queue, which has one delay for all."));
    }

    private static (TimeSpan? Ttl, Problem? Problem) ReadTtl(RestCall call, IReadOnlyList<InboundMessage> messages)
    {
        foreach (var message in messages)
        {
            if (!TimeToLive.TryRead(message.Content.Attributes, out _))
                return (null, Problems.Invalid("invalid-attribute", TimeToLive.Rule));
        }

        if (call.Header(TtlHeader) is not { } text) return (null, null);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && TimeToLive.Read(seconds, out var ttl)
            ? (ttl, null)
            : (null, Problems.InvalidHeader(TtlHeader, $"is a whole number from 1 to {TimeToLive.SecondsMax}."));
    }
}
