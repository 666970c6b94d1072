using System.Text;
using Weir.Broker.Buses;
using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Archives;

/// <summary>Publishes archived events to the rules of their bus again.</summary>
internal sealed class BusReplay(Broker broker, Forwarder forwarder)
{
    /// <summary>Publishes a page, or the first events of it, in one commit with the replay's progress.</summary>
    /// <param name="progress">The replay's new state when it is at that message.</param>
    public async ValueTask<Fault?> PublishAsync(
        ReplayConfig replay, IReadOnlyList<BrowsedMessage> page, Func<StoredMessage, DefinitionChange> progress)
    {
        var resolver = new EventResolver(broker.Definitions, broker.Ids);
        var taken = new ReplayPage();
        foreach (var message in page)
        {
            var unit = new Outgoing(replay.Bus!.Account, broker.Ids);
            if (resolver.Resolve(ToEvent(replay, message), unit) is { } fault)
            {
                // Those before it are published first; then it is the first, and the replay ends there.
                if (taken.Count > 0) break;
                return fault with { Message = $"Event {message.Stored.MessageId}: {fault.Message}" };
            }

            if (!taken.TryAdd(message.Stored, unit)) break;
        }

        var outgoing = new Outgoing(replay.Bus!.Account, broker.Ids) { Changes = [progress(taken.Last!)] };
        taken.AddTo(outgoing);
        return (await forwarder.ForwardAsync(outgoing).ConfigureAwait(false)).Fault;
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
