using System.Buffers.Text;

namespace Weir.Broker.Messages;

/// <summary>
/// The time to live that a sender gives its message: an attribute, since no SDK would let a new parameter through.
/// </summary>
public static class TimeToLive
{
    public const string AttributeName = "weir-ttl-seconds";

    /// <summary>As long as the longest retention.</summary>
    public const int SecondsMax = 1_209_600;

    public const string Rule = "weir-ttl-seconds is a whole number of seconds from 1 to 1209600.";

    /// <summary>Null when the message has none, or what it has is none.</summary>
    public static TimeSpan? Of(IReadOnlyList<MessageAttribute> attributes) =>
        TryRead(attributes, out var ttl) ? ttl : null;

    /// <summary>False when the attribute is there and says nothing that is understood.</summary>
    public static bool TryRead(IReadOnlyList<MessageAttribute> attributes, out TimeSpan? ttl)
    {
        ttl = null;
        foreach (var (name, type, value) in attributes)
        {
            if (name != AttributeName) continue;
            var isNumber = !type.StartsWith("Binary", StringComparison.Ordinal)
                && Utf8Parser.TryParse(value.Span, out int seconds, out var consumed) && consumed == value.Length
                && Read(seconds, out ttl);
            return isNumber;
        }

        return true;
    }

    public static bool Read(int seconds, out TimeSpan? ttl)
    {
        ttl = seconds is >= 1 and <= SecondsMax ? TimeSpan.FromSeconds(seconds) : null;
        return ttl is not null;
    }
}
