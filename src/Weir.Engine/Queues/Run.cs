using System.Collections.Immutable;
using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>What a run's messages hold live in one segment: how many contents, and their bytes as the ledger counts
/// them.</summary>
internal readonly record struct RunShare(uint Segment, int Count, long Bytes);

/// <summary>
/// A part of a deep backlog that is not in memory: its messages' fields lie as one block in the log. What this knows
/// suffices to count them, to drop them and to tell their age without reading the block.
/// </summary>
internal sealed record Run
{
    private const int ShareLength = 16;

    public required long FirstSequence { get; init; }

    public required long LastSequence { get; init; }

    public required int Count { get; init; }

    public required long OldestSentUnixMs { get; init; }

    public required long NewestSentUnixMs { get; init; }

    public required ImmutableArray<RunShare> Shares { get; init; }

    /// <summary>Where the messages' fields lie.</summary>
    public PayloadRef Block { get; init; }

    public int BytesMax => (4 * sizeof(long)) + (2 * sizeof(int)) + (Shares.Length * ShareLength) + 12;

    /// <summary>Describes messages that follow each other in a backlog.</summary>
    public static Run Of(ReadOnlySpan<Message> messages)
    {
        var (oldest, newest) = (long.MaxValue, long.MinValue);
        foreach (ref readonly var message in messages)
        {
            oldest = Math.Min(oldest, message.SentUnixMs);
            newest = Math.Max(newest, message.SentUnixMs);
        }

        return new Run
        {
            FirstSequence = messages[0].Sequence,
            LastSequence = messages[^1].Sequence,
            Count = messages.Length,
            OldestSentUnixMs = oldest,
            NewestSentUnixMs = newest,
            Shares = SharesOf(messages),
        };
    }

    public static ImmutableArray<RunShare> SharesOf(ReadOnlySpan<Message> messages)
    {
        var shares = new SortedDictionary<uint, RunShare>();
        foreach (ref readonly var message in messages)
        {
            var segment = message.Payload.Segment;
            var share = shares.GetValueOrDefault(segment);
            shares[segment] = new RunShare(
                segment, share.Count + 1, share.Bytes + LiveLedger.BytesOf(message.Payload));
        }

        return [.. shares.Values];
    }

    public void Write(ref SpanWriter writer)
    {
        writer.Int64(FirstSequence);
        writer.Int64(LastSequence);
        writer.Int32(Count);
        writer.Int64(OldestSentUnixMs);
        writer.Int64(NewestSentUnixMs);
        writer.Int32(Shares.Length);
        foreach (var share in Shares)
        {
            writer.Int32((int)share.Segment);
            writer.Int32(share.Count);
            writer.Int64(share.Bytes);
        }
    }

    public static Run Read(ref SpanReader reader)
    {
        var run = new Run
        {
            FirstSequence = reader.Int64(),
            LastSequence = reader.Int64(),
            Count = reader.Int32(),
            OldestSentUnixMs = reader.Int64(),
            NewestSentUnixMs = reader.Int64(),
            Shares = ReadShares(ref reader),
        };
        var isSound = run.Count > 0 && run.LastSequence - run.FirstSequence >= run.Count - 1
            && run.Shares.Sum(share => (long)share.Count) == run.Count;
        return isSound ? run : throw new StateCorruptException($"a run of {run.Count} messages that does not add up");
    }

    private static ImmutableArray<RunShare> ReadShares(ref SpanReader reader)
    {
        var count = reader.Int32();
        if (count < 1 || count > reader.Remaining / ShareLength)
            throw new StateCorruptException($"a run in {count} segments");
        var shares = ImmutableArray.CreateBuilder<RunShare>(count);
        for (var i = 0; i < count; i++)
        {
            var share = new RunShare((uint)reader.Int32(), reader.Int32(), reader.Int64());
            if (share.Count < 1 || share.Bytes < 0)
                throw new StateCorruptException($"a run's share of {share.Count} messages in a segment");
            shares.Add(share);
        }

        return shares.MoveToImmutable();
    }
}
