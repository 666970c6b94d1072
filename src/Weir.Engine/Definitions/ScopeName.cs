using Weir.Engine.State;

namespace Weir.Engine.Definitions;

/// <summary>
/// What names a scope of definitions: a topic with its subscriptions, a bus with its rules, a group of schedules.
/// </summary>
/// <param name="Kind">What the broker keeps there, for example <c>topic</c>.</param>
/// <param name="Account">Twelve digits.</param>
public sealed record ScopeName(string Kind, string Account, string Region, string Name) : IComparable<ScopeName>
{
    internal int BytesMax =>
        SpanWriter.BytesMax(Kind) + SpanWriter.BytesMax(Account) + SpanWriter.BytesMax(Region)
        + SpanWriter.BytesMax(Name);

    public int CompareTo(ScopeName? other)
    {
        if (other is null) return 1;
        var byKind = string.CompareOrdinal(Kind, other.Kind);
        if (byKind != 0) return byKind;
        var byAccount = string.CompareOrdinal(Account, other.Account);
        if (byAccount != 0) return byAccount;
        var byRegion = string.CompareOrdinal(Region, other.Region);
        return byRegion != 0 ? byRegion : string.CompareOrdinal(Name, other.Name);
    }

    public override string ToString() => $"{Kind}:{Account}/{Region}/{Name}";

    public static bool operator <(ScopeName left, ScopeName right) => left.CompareTo(right) < 0;

    public static bool operator >(ScopeName left, ScopeName right) => left.CompareTo(right) > 0;

    public static bool operator <=(ScopeName left, ScopeName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ScopeName left, ScopeName right) => left.CompareTo(right) >= 0;

    internal static ScopeName Read(ref SpanReader reader) =>
        new(reader.TextRequired(), reader.TextRequired(), reader.TextRequired(), reader.TextRequired());

    internal void Write(ref SpanWriter writer)
    {
        writer.Text(Kind);
        writer.Text(Account);
        writer.Text(Region);
        writer.Text(Name);
    }
}
