using System.Buffers.Binary;
using Weir.Broker.Shards;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Placement;

/// <summary>
/// A publish to accounts that are in different shards: one commit in each, and an answer when all are on disk. A crash
/// in between may leave some of them; whoever published has no answer then and sends again.
/// </summary>
//   rehearse everywhere --> lead: the sequencers of FIFO topics --> all that only receives --> settle
//
// 1. Nothing is done unless every shard would do its part a moment before.
// 2. Messages are consumed and definitions changed last (settle), so a crash repeats a message and never loses it.
// 3. A sequencer that knows a repetition keeps it from its own shard only: the parts of the first publication that are
//    in others may be missing, and their queues know repetitions themselves, if they are FIFO queues.
internal sealed class DividedPublish
{
    private readonly Broker _broker;
    private readonly PublishCommand _command;
    private readonly Dictionary<string, ShardThread> _shards = new(StringComparer.Ordinal);
    private readonly Published[] _published;
    private readonly ShardThread _home;

    private DividedPublish(Broker broker, PublishCommand command, ShardMap shards)
    {
        (_broker, _command) = (broker, command);
        foreach (var account in command.Accounts) _shards.Add(account, shards.ShardOf(account));
        _published = [.. command.Publications.Select(one => new Published(one.MessageId, 0, IsDuplicate: false))];
        _home = _shards[HomeOf(command)];
    }

    /// <summary>One part of the command, and where in the command its parts are.</summary>
    private sealed record Part(
        ShardThread Shard, PublishCommand Command, IReadOnlyList<int> Publications, IReadOnlyList<int[]> Deliveries)
    {
        public bool IsEmpty => Publications.Count == 0 && Command.Consume.Count == 0 && Command.Changes.Count == 0
            && Command.Note is null;
    }

    public static ValueTask<Outcome<PublishResult>> ExecuteAsync(
        Broker broker, PublishCommand command, ShardMap shards) =>
        new DividedPublish(broker, command, shards).ExecuteAsync();

    /// <summary>Whose command it is: who settles something, else who orders, else who gets the first message.</summary>
    private static string HomeOf(PublishCommand command) =>
        command.Note?.Scope.Account
        ?? (command.Changes.Count > 0 ? command.Changes[0].Scope.Account : null)
        ?? (command.Consume.Count > 0 ? command.Consume[0].Queue.Account : null)
        ?? command.Publications.FirstOrDefault(one => one.Sequencer is not null)?.Sequencer?.Account
        ?? command.Account!;

    private async ValueTask<Outcome<PublishResult>> ExecuteAsync()
    {
        var all = _shards.Values.Distinct().ToArray();
        var stopped = await RunAsync(all.Select(shard => PartFor(shard, _ => true, settles: true, isRehearsal: true)))
            .ConfigureAwait(false);
        if (stopped is not null) return stopped.Value;

        var leads = all.Select(shard => PartFor(shard, index => IsLed(index) && Leads(shard, index), settles: false));
        stopped = await RunAsync(leads).ConfigureAwait(false);
        if (stopped is not null) return stopped.Value;

        var others = all.Where(shard => !Settles(shard))
            .Select(shard => PartFor(shard, index => !(IsLed(index) && Leads(shard, index)), settles: false));
        stopped = await RunAsync(others).ConfigureAwait(false);
        if (stopped is not null) return stopped.Value;

        var last = all.Where(Settles)
            .Select(shard => PartFor(shard, index => !(IsLed(index) && Leads(shard, index)), settles: true));
        stopped = await RunAsync(last).ConfigureAwait(false);
        return stopped ?? new PublishResult(_published, []);
    }

    private async ValueTask<Outcome<PublishResult>?> RunAsync(IEnumerable<Part> parts)
    {
        var running = new List<(Part Part, Task<Outcome<PublishResult>> Task)>();
        foreach (var part in parts)
        {
            if (!part.IsEmpty)
                running.Add((part, _broker.ExecuteUntracedAsync(part.Command).AsTask()));
        }

        Fault? fault = null;
        var failures = new List<DeliveryFailure>();
        foreach (var (part, task) in running)
        {
            var outcome = await task.ConfigureAwait(false);
            fault ??= outcome.Fault;
            if (!outcome.IsOk) continue;
            failures.AddRange(outcome.Value.Failures.Select(failure => new DeliveryFailure(
                part.Publications[failure.Publication],
                part.Deliveries[failure.Publication][failure.Delivery],
                failure.Reason)));
            for (var i = 0; i < outcome.Value.Published.Count; i++) Note(part, i, outcome.Value.Published[i]);
        }

        if (fault is not null) return fault;
        if (failures.Count == 0) return null;
        failures.Sort(static (left, right) => (left.Publication, left.Delivery)
            .CompareTo((right.Publication, right.Delivery)));
        return new PublishResult([], failures);
    }

    // Where messages are is told of the home only: who may ask for one asks in its own account.
    private void Note(Part part, int index, Published published)
    {
        var place = part.Publications[index];
        var hasSequencer = part.Command.Publications[index].Sequencer is not null;
        var known = _published[place];
        if (part.Command.Elsewhere is not null)
        {
            _published[place] = published;
            return;
        }

        if (hasSequencer) known = published with { Places = known.Places };
        if (part.Shard == _home) known = known with { Places = [.. known.Places, .. published.Places] };
        _published[place] = known;
    }

    /// <summary>True for what a sequencer orders that has receivers in other shards.</summary>
    private bool IsLed(int index)
    {
        var publication = _command.Publications[index];
        return publication.Sequencer is { } sequencer
            && publication.Deliveries.Any(delivery => _shards[delivery.Queue.Account] != _shards[sequencer.Account]);
    }

    private bool Leads(ShardThread shard, int index) =>
        _shards[_command.Publications[index].Sequencer!.Account] == shard;

    private bool Settles(ShardThread shard) =>
        _command.Consume.Any(one => IsIn(shard, one.Queue.Account))
        || _command.Changes.Any(one => IsIn(shard, one.Scope.Account))
        || (_command.Note is { } note && IsIn(shard, note.Scope.Account));

    private bool IsIn(ShardThread shard, string account) => _shards[account] == shard;

    private Part PartFor(ShardThread shard, Func<int, bool> isWanted, bool settles, bool isRehearsal = false)
    {
        var note = settles && _command.Note is { } noted && IsIn(shard, noted.Scope.Account) ? noted : null;
        var (publications, indexes, deliveries) = (new List<Publication>(), new List<int>(), new List<int[]>());
        for (var i = 0; i < _command.Publications.Count; i++)
        {
            var publication = _command.Publications[i];
            var isWhole = isWanted(i);
            int[] own = isWhole
                ? [.. Enumerable.Range(0, publication.Deliveries.Count)
                    .Where(index => IsIn(shard, publication.Deliveries[index].Queue.Account))]
                : [];
            var sequencer = isWhole && publication.Sequencer is { } name && IsIn(shard, name.Account) ? name : null;
            if (own.Length == 0 && sequencer is null && note is null) continue;
            indexes.Add(i);
            deliveries.Add(own);
            publications.Add(publication with
            {
                Contents = sequencer is null && publication.Sequencer is not null && !isRehearsal
                    ? Stamped(publication.Contents, _published[i].Sequence)
                    : publication.Contents,
                Deliveries = [.. own.Select(index => publication.Deliveries[index])],
                Sequencer = sequencer,
            });
        }

        return new Part(shard, new PublishCommand(publications)
        {
            IsRehearsal = isRehearsal,
            Consume = settles ? [.. _command.Consume.Where(one => IsIn(shard, one.Queue.Account))] : [],
            Changes = settles ? [.. _command.Changes.Where(one => IsIn(shard, one.Scope.Account))] : [],
            Note = note,
            Elsewhere = note is null || isRehearsal ? null : _published,
        }, indexes, deliveries);
    }

    /// <summary>The contents with the number that the sequencer gave, where they have a place for it.</summary>
    private static PublishedContent[] Stamped(IReadOnlyList<PublishedContent> contents, long sequence) =>
    [
        .. contents.Select(content =>
        {
            if (content.SequenceAt is not { } at) return content;
            var stored = content.Stored.ToArray();
            BinaryPrimitives.WriteInt64LittleEndian(stored.AsSpan(at), sequence);
            return new PublishedContent(stored, content.Bytes);
        }),
    ];
}
