namespace Weir.Engine;

/// <summary>How long messages waited from being sent to their first receive, counted in buckets.</summary>
/// <param name="Counts">How many fell into each bucket of <see cref="BoundsMs"/>, and behind the last.</param>
/// <param name="SumMs">Of all times together.</param>
public sealed record DwellTimes(IReadOnlyList<long> Counts, long SumMs)
{
    private static readonly long[] Bounds =
    [
        1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000,
        21_600_000, 86_400_000,
    ];

    /// <summary>The upper bounds of the buckets, themselves included, in milliseconds.</summary>
    public static ReadOnlySpan<long> BoundsMs => Bounds;

    public long Count => Counts.Sum();

    /// <summary>
    /// Below which time so large a share of the messages was received, in milliseconds; within a bucket they are taken
    /// for evenly spread. What lies behind the last bound counts as that bound. Null: there was none.
    /// </summary>
    /// <param name="share">Above 0, up to 1.</param>
    public double? Quantile(double share)
    {
        var (rank, before) = (share * Count, 0L);
        if (rank <= 0) return null;
        for (var i = 0; i < Bounds.Length; i++)
        {
            if (before + Counts[i] >= rank)
            {
                var low = i == 0 ? 0 : Bounds[i - 1];
                return low + ((Bounds[i] - low) * (rank - before) / Counts[i]);
            }

            before += Counts[i];
        }

        return Bounds[^1];
    }
}
