namespace Weir.Engine;

/// <summary>
/// What names a queue, all over Weir: a resource lives in an account (the tenant) and a region.
/// Equality is ordinal and case-sensitive.
/// </summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Region">As in a credential scope, for example <c>us-east-1</c>.</param>
/// <param name="Name">1 to 80 of <c>A-Z a-z 0-9 - _</c>; a FIFO queue's ends in <c>.fifo</c>.</param>
public sealed record QueueName(string Account, string Region, string Name) : IComparable<QueueName>
{
    public const string FifoSuffix = ".fifo";

    /// <summary>What the names of queues begin with that belong to a topic, a rule or an archive. No protocol takes it
    /// in a name.</summary>
    public const string InternalPrefix = "~";

    /// <summary>True for a queue that no user made: it is listed to none.</summary>
    public bool IsInternal => Name.StartsWith(InternalPrefix, StringComparison.Ordinal);

    /// <summary>True for a queue of Weir itself, which lies in no region, such as that of the audit log: it is held to
    /// no limit and counts as nobody's.</summary>
    public bool IsWeirs => Region.Length == 0;

    public bool HasFifoSuffix => Name.EndsWith(FifoSuffix, StringComparison.Ordinal);

    public int CompareTo(QueueName? other)
    {
        if (other is null) return 1;
        var byAccount = string.CompareOrdinal(Account, other.Account);
        if (byAccount != 0) return byAccount;
        var byRegion = string.CompareOrdinal(Region, other.Region);
        return byRegion != 0 ? byRegion : string.CompareOrdinal(Name, other.Name);
    }

    public override string ToString() => $"{Account}/{Region}/{Name}";

    public static bool operator <(QueueName left, QueueName right) => left.CompareTo(right) < 0;

    public static bool operator >(QueueName left, QueueName right) => left.CompareTo(right) > 0;

    public static bool operator <=(QueueName left, QueueName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(QueueName left, QueueName right) => left.CompareTo(right) >= 0;
}
