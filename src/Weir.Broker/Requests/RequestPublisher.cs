using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Weir.Broker.Buses;
using Weir.Broker.Forwarding;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Requests;

/// <summary>
/// Takes in what callers send who want to know what becomes of it: all messages of a request in one commit, and with
/// them the request's key, so that the same request again is answered and not carried out.
/// </summary>
public sealed class RequestPublisher(Broker broker, ReplyBox replies, ILogger logger)
{
    /// <summary>Keys that are remembered of one queue; about 300 bytes each.</summary>
    public const int QueueKeysMax = 100_000;

    /// <summary>Keys that are remembered of one topic or bus; up to 3 KiB each, by the number of its queues.</summary>
    public const int TopicKeysMax = 10_000;

    /// <summary>Between looking for a key and setting it another request may set it.</summary>
    private const int TriesMax = 3;

    private readonly Forwarder _forwarder = new(broker, logger);
    private readonly HourlyScopes _keys = new(broker, "request-key");

    /// <param name="wantsReply">Whether whoever receives the messages may reply to them.</param>
    public ValueTask<Outcome<Acceptance>> SendAsync(
        QueueName queue, IReadOnlyList<QueueMessage> messages, RequestKey? key, bool wantsReply)
    {
        var target = new Target(queue.Account, queue.Region, $"queue/{queue.Name}", QueueKeysMax);
        return TakeInAsync(target, key, wantsReply, _ =>
        {
            var units = new Units(target.Account, broker.Ids);
            foreach (var message in messages) units.Add(outgoing => Add(outgoing, queue, message));
            return units;
        });
    }

    public ValueTask<Outcome<Acceptance>> PublishAsync(
        TopicName topic, IReadOnlyList<TopicMessage> messages, RequestKey? key, bool wantsReply)
    {
        var target = new Target(topic.Account, topic.Region, $"topic/{topic.Name}", TopicKeysMax);
        return TakeInAsync(target, key, wantsReply, definitions =>
        {
            var units = new Units(target.Account, broker.Ids);
            foreach (var message in messages)
            {
                var resolved = TopicResolver.Resolve(definitions, broker.Ids, topic, message);
                if (!resolved.IsOk) return resolved.Fault;
                units.Add(outgoing => outgoing.Add(resolved.Value));
            }

            return units;
        });
    }

    public ValueTask<Outcome<Acceptance>> PublishAsync(
        BusName bus, IReadOnlyList<BusEvent> events, RequestKey? key, bool wantsReply)
    {
        var target = new Target(bus.Account, bus.Region, $"bus/{bus.Name}", TopicKeysMax);
        return TakeInAsync(target, key, wantsReply, definitions =>
        {
            var units = new Units(target.Account, broker.Ids);
            var resolver = new EventResolver(definitions, broker.Ids);
            foreach (var busEvent in events)
            {
                Fault? fault = null;
                units.Add(outgoing => fault = resolver.Resolve(busEvent, outgoing));
                if (fault is not null) return fault;
            }

            return units;
        });
    }

    private static void Add(Outgoing outgoing, QueueName queue, QueueMessage message)
    {
        var publication = new OutgoingPublication(message.Id);
        publication.Add(new QueueSender(queue), new Engine.Delivery
        {
            Queue = queue,
            MessageId = message.Id,
            Content = publication.Store(message.Content, message.Content.Bytes),
            Delay = message.Delay,
            Ttl = message.Ttl,
            GroupId = message.GroupId,
            DeduplicationId = message.DeduplicationId,
            ContentDeduplicationId = queue.HasFifoSuffix
                ? Convert.ToHexStringLower(SHA256.HashData(message.Content.Body.Span))
                : null,
        });
        outgoing.Add(publication);
    }

    private async ValueTask<Outcome<Acceptance>> TakeInAsync(
        Target target, RequestKey? key, bool wantsReply, Func<DefinitionCatalog, Outcome<Units>> resolve)
    {
        for (var tries = 1; ; tries++)
        {
            if (key is not null && await FindAsync(target, key).ConfigureAwait(false) is { } known) return known;
            var resolved = resolve(broker.Definitions);
            if (!resolved.IsOk) return resolved.Fault;
            var units = resolved.Value;
            if (wantsReply)
            {
                var full = await replies.ExpectAsync(units.Outgoing, target.Account).ConfigureAwait(false);
                if (full is not null) return full;
            }

            if (key is not null) Note(units, target, key);
            var outcome = await _forwarder.ForwardAsync(units.Outgoing).ConfigureAwait(false);
            if (outcome.Fault is not { } fault)
                return new Acceptance(RequestNote.Group(outcome.Value, units.Counts), IsReplay: false);
            if (key is null || fault.Code != FaultCode.ConfigChanged || tries == TriesMax) return fault;
        }
    }

    /// <summary>What the key's first request was answered, which is on disk; null when there was none.</summary>
    private async ValueTask<Outcome<Acceptance>?> FindAsync(Target target, RequestKey key)
    {
        await _keys.SweepAsync().ConfigureAwait(false);
        var read = await broker.ReadDefinitionsAsync(target.Account).ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (_keys.Find(read.Value, target.Account, target.Region, target.Name, key.Text) is { } found)
        {
            var note = found.Definition.Value.Span;
            return RequestNote.HasDigest(note, key.Digest.Span)
                ? new Acceptance(RequestNote.Read(note), IsReplay: true)
                : RequestFaults.KeyTaken(key.Text);
        }

        if (_keys.Count(read.Value, target.Account, target.Region, target.Name) < target.KeysMax) return null;
        return RequestFaults.TooManyKeys(target.KeysMax);
    }

    private void Note(Units units, Target target, RequestKey key)
    {
        var (now, before) = _keys.ScopesOf(target.Account, target.Region, target.Name);
        units.Outgoing.Note = new DefinitionChange
        {
            Scope = now,
            Item = key.Text,
            Value = RequestNote.Head(key.Digest.Span, units.Counts),
            ExpectedRevision = 0,
        };

        // Nothing is removed where nothing is: it must not be there either, should the hour have just turned.
        units.Outgoing.Require(new DefinitionChange { Scope = before, Item = key.Text, ExpectedRevision = 0 });
    }

    private sealed record Target(string Account, string Region, string Name, int KeysMax);

    /// <summary>Messages that go out together, with the number of publications that each became.</summary>
    private sealed class Units(string account, IdSource ids)
    {
        private readonly List<int> _counts = [];

        public Outgoing Outgoing { get; } = new(account, ids);

        public IReadOnlyList<int> Counts => _counts;

        public void Add(Action<Outgoing> add)
        {
            var before = Outgoing.Publications.Count;
            add(Outgoing);
            _counts.Add(Outgoing.Publications.Count - before);
        }
    }
}
