using System.Collections.Immutable;
using System.Numerics;

namespace Weir.Broker.Tenants;

/// <summary>A count for each quota.</summary>
public readonly struct QuotaCounts(IEnumerable<long> counts) : IEquatable<QuotaCounts>,
    IAdditionOperators<QuotaCounts, QuotaCounts, QuotaCounts>,
    ISubtractionOperators<QuotaCounts, QuotaCounts, QuotaCounts>
{
    /// <summary>Default: all are 0.</summary>
    private readonly ImmutableArray<long> _counts = [.. counts];

    public long this[Quota quota] => _counts.IsDefault ? 0 : _counts[(int)quota];

    public long Sum => _counts.IsDefault ? 0 : _counts.Sum();

    /// <summary>The higher one of each.</summary>
    public static QuotaCounts Max(QuotaCounts left, QuotaCounts right) =>
        new(QuotaNames.All.Select(quota => Math.Max(left[quota], right[quota])));

    public static QuotaCounts operator +(QuotaCounts left, QuotaCounts right) =>
        new(QuotaNames.All.Select(quota => left[quota] + right[quota]));

    public static QuotaCounts operator -(QuotaCounts left, QuotaCounts right) =>
        new(QuotaNames.All.Select(quota => left[quota] - right[quota]));

    public static bool operator ==(QuotaCounts left, QuotaCounts right) => left.Equals(right);

    public static bool operator !=(QuotaCounts left, QuotaCounts right) => !left.Equals(right);

    public bool Equals(QuotaCounts other)
    {
        foreach (var quota in QuotaNames.All)
        {
            if (this[quota] != other[quota]) return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is QuotaCounts other && Equals(other);

    public override int GetHashCode() => Sum.GetHashCode();
}
