using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace Weir.Broker.Access;

/// <summary>How a condition compares.</summary>
/// <param name="Kinds">The keys that it goes with; empty: all.</param>
/// <param name="Compile">Makes a value a test of the request and of what it has for the key; null: it is none.</param>
internal sealed record ConditionOperator(
    string Name, bool IsNegated, IReadOnlyList<ConditionKind> Kinds,
    Func<string, Func<AccessRequest, string, bool>?> Compile)
{
    /// <summary>Asks only whether the key is there.</summary>
    public const string Null = "Null";

    private const int ArnParts = 6;

    private static readonly ConditionKind[] Any = [];
    private static readonly ConditionKind[] Arns = [ConditionKind.Arn, ConditionKind.Text];
    private static readonly ConditionKind[] Times = [ConditionKind.Time, ConditionKind.Epoch];

    private static readonly string[] DateForms =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    private static readonly FrozenDictionary<string, ConditionOperator> All = new[]
    {
        Text("StringEquals", false, value => (_, text) => text == value),
        Text("StringNotEquals", true, value => (_, text) => text == value),
        Text("StringEqualsIgnoreCase", false, SameInAnyCase),
        Text("StringNotEqualsIgnoreCase", true, SameInAnyCase),
        Text("StringLike", false, value => (_, text) => Wildcard.Matches(value, text)),
        Text("StringNotLike", true, value => (_, text) => Wildcard.Matches(value, text)),
        new("ArnEquals", false, Arns, Arn), new("ArnLike", false, Arns, Arn),
        new("ArnNotEquals", true, Arns, Arn), new("ArnNotLike", true, Arns, Arn),
        new("IpAddress", false, [ConditionKind.Address], Network),
        new("NotIpAddress", true, [ConditionKind.Address], Network),
        new("Bool", false, [ConditionKind.Flag], value => bool.TryParse(value, out var flag)
            ? (_, text) => bool.TryParse(text, out var given) && given == flag
            : null),
        Date("DateEquals", false, order => order == 0), Date("DateNotEquals", true, order => order == 0),
        Date("DateLessThan", false, order => order < 0), Date("DateLessThanEquals", false, order => order <= 0),
        Date("DateGreaterThan", false, order => order > 0),
        Date("DateGreaterThanEquals", false, order => order >= 0),
        Number("NumericEquals", false, order => order == 0), Number("NumericNotEquals", true, order => order == 0),
        Number("NumericLessThan", false, order => order < 0),
        Number("NumericLessThanEquals", false, order => order <= 0),
        Number("NumericGreaterThan", false, order => order > 0),
        Number("NumericGreaterThanEquals", false, order => order >= 0),
    }.ToFrozenDictionary(one => one.Name, StringComparer.Ordinal);

    public static ConditionOperator? Find(string name) => All.GetValueOrDefault(name);

    public bool GoesWith(ConditionKind kind) => Kinds.Count == 0 || Kinds.Contains(kind);

    private static ConditionOperator Text(
        string name, bool isNegated, Func<string, Func<AccessRequest, string, bool>> compile) =>
        new(name, isNegated, Any, compile);

    private static Func<AccessRequest, string, bool> SameInAnyCase(string value) =>
        (_, text) => text.Equals(value, StringComparison.OrdinalIgnoreCase);

    // The parts of an ARN are compared each by itself, so that a star does not reach over a colon before the last.
    private static Func<AccessRequest, string, bool>? Arn(string value)
    {
        if (value == "*") return (_, _) => true;
        var patterns = value.Split(':', ArnParts);
        if (patterns.Length != ArnParts || patterns[0] != "arn") return null;
        return (_, text) =>
        {
            Span<Range> parts = stackalloc Range[ArnParts];
            var all = text.AsSpan();
            if (all.Split(parts, ':') != ArnParts) return false;
            for (var i = 0; i < ArnParts; i++)
            {
                if (!Wildcard.Matches(patterns[i], all[parts[i]])) return false;
            }

            return true;
        };
    }

    // An address alone is a network of one. One of IPv4 may reach Weir wrapped in one of IPv6.
    private static Func<AccessRequest, string, bool>? Network(string value)
    {
        if (!IPNetwork.TryParse(value, out var network))
        {
            if (!IPAddress.TryParse(value, out var single)) return null;
            network = new IPNetwork(single, single.GetAddressBytes().Length * 8);
        }

        const int MappedBits = 96;
        if (network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedBits)
            network = new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedBits);
        return (request, _) => request.SourceIp is { } address
            && network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }

    private static ConditionOperator Date(string name, bool isNegated, Func<int, bool> isMet) =>
        new(name, isNegated, Times, value => Seconds(value) is { } moment
            ? (request, _) => isMet(request.Now.ToUnixTimeSeconds().CompareTo(moment))
            : null);

    private static ConditionOperator Number(string name, bool isNegated, Func<int, bool> isMet) =>
        new(name, isNegated, [ConditionKind.Epoch], value => long.TryParse(
            value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (request, text) => long.TryParse(text, CultureInfo.InvariantCulture, out var given)
                && isMet(given.CompareTo(number))
            : null);

    /// <summary>A date of ISO 8601, or seconds since 1970.</summary>
    private static long? Seconds(string value)
    {
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return seconds;
        return DateTimeOffset.TryParseExact(
            value, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUnixTimeSeconds()
            : null;
    }
}
