using Weir.Engine.Queues;

namespace Weir.Engine.Commands;

/// <summary>
/// Looks at messages in the order of sending, whatever their state, and leases none: how archives are read.
/// </summary>
/// <param name="afterSequence">Those behind this one; 0 for all.</param>
/// <param name="fromUnixMs">Those sent at this time or later.</param>
/// <param name="max">How many; at least 1.</param>
public sealed class BrowseCommand(QueueName name, long afterSequence, long fromUnixMs, int max)
    : Command<IReadOnlyList<StoredMessage>>
{
    /// <summary>Contents beyond this are left for the next page; the first message always shows.</summary>
    public long ContentBytesMax { get; init; } = long.MaxValue;

    public override string? Account => name.Account;

    public override int RecordBytesMax => 0;

    internal override Outcome<IReadOnlyList<StoredMessage>> Execute(Shard shard)
    {
        if (shard.State.Find(name) is not { } queue) return Faults.QueueNotFound(name);
        var found = queue.Entries
            .Select(entry => entry.Message)
            .Where(IsWanted)
            .OrderBy(message => message.Sequence)
            .Take(max)
            .ToList();
        var hasEntries = found.Count > 0;
        AddBacklog(shard, queue, found);
        if (hasEntries) found.Sort(static (left, right) => left.Sequence.CompareTo(right.Sequence));
        return found.Take(Fitting(found)).Select(message => StoredMessages.Describe(queue, message)).ToArray();
    }

    private int Fitting(List<Message> found)
    {
        var (count, bytes) = (0, 0L);
        while (count < Math.Min(max, found.Count))
        {
            bytes += found[count].Payload.Length;
            if (count > 0 && bytes > ContentBytesMax) break;
            count++;
        }

        return count;
    }

    private void AddBacklog(Shard shard, Queue queue, List<Message> found)
    {
        var (backlog, room) = (queue.Backlog, max);
        for (var i = 0; i < backlog.FrontCount && room > 0; i++) Add(backlog.Hot(i));
        for (var i = 0; i < backlog.RunCount && room > 0; i++)
        {
            var run = backlog.GetRun(i);
            if (run.LastSequence <= afterSequence || run.NewestSentUnixMs < fromUnixMs) continue;
            foreach (var message in RunBlock.Read(run, shard.State.ReadLog))
            {
                if (room > 0) Add(message);
            }
        }

        for (var i = backlog.FrontCount; i < backlog.HotCount && room > 0; i++) Add(backlog.Hot(i));

        void Add(in Message message)
        {
            if (!IsWanted(message)) return;
            found.Add(message);
            room--;
        }
    }

    private bool IsWanted(Message message) =>
        message.Sequence > afterSequence && message.SentUnixMs >= fromUnixMs;
}
