using System.Text;
using Weir.Broker.Buses;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Archives;

/// <summary>Publishes archived events to the rules of their bus again.</summary>
internal sealed class BusReplay(Broker broker, EventPublisher publisher)
{
    /// <summary>A commit of more than this is not made, if it has more than one event.</summary>
    private const int CommitBytesMax = 1 << 20;

    /// <summary>Publishes a page, or the first events of it, in one commit with the replay's progress.</summary>
    /// <param name="progress">The replay's new state when it is at that message.</param>
    public async ValueTask<Fault?> PublishAsync(
        ReplayConfig replay, IReadOnlyList<BrowsedMessage> page, Func<StoredMessage, DefinitionChange> progress)
    {
        var resolver = new EventResolver(broker.Definitions, broker.Ids);
        var outgoing = new List<OutgoingEvent>(page.Count);
        var bytes = 0L;
        foreach (var message in page)
        {
            var resolved = resolver.Resolve(ToEvent(replay, message));
            if (!resolved.IsOk)
            {
                // Those before it are published first; then it is the first, and the replay ends there.
                if (outgoing.Count > 0) break;
                return resolved.Fault with { Message = $"Event {message.Stored.MessageId}: {resolved.Fault.Message}" };
            }

            bytes += EventPublisher.CommitBytes(resolved.Value);
            if (outgoing.Count > 0 && bytes > CommitBytesMax) break;
            outgoing.Add(resolved.Value);
        }

        return await publisher.CommitAsync(outgoing, [progress(page[outgoing.Count - 1].Stored)]).ConfigureAwait(false);
    }

    private static BusEvent ToEvent(ReplayConfig replay, BrowsedMessage message) => new()
    {
        Id = message.Stored.MessageId,
        Bus = replay.Bus!,
        Json = WithName(message.Content.Body.Span, replay.Name),
        TakenInAt = DateTimeOffset.FromUnixTimeMilliseconds(message.Stored.SentUnixMs),
        SenderId = message.Content.SenderId,
        TraceHeader = message.Content.TraceHeader,
        IsReplayed = true,
        RuleArns = replay.RuleArns,
    };

    // An event ends in the brace that closes it and has at least one member: whoever took it in wrote its envelope.
    private static byte[] WithName(ReadOnlySpan<byte> json, string replay) =>
        [.. json[..^1], .. Encoding.UTF8.GetBytes($",\"replay-name\":\"{replay}\"}}")];
}
