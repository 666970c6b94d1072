using System.Globalization;
using Weir.Broker.Archives;
using Weir.Broker.Topics;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Attributes;

/// <summary>A subscription's ReplayPolicy: which time of its topic's archive it gets again.</summary>
// https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-subscriber.html
internal static class ReplayPolicyText
{
    private const string PointType = "PointType";
    private const string Timestamp = "Timestamp";
    private const string StartingPoint = "StartingPoint";
    private const string EndingPoint = "EndingPoint";

    /// <summary>The time, null for none; or what is wrong with the policy.</summary>
    public static (ReplayWindow? Window, string? Problem) Parse(string text)
    {
        if (text.Trim() is "" or "{}") return (null, null);
        if (JsonText.ParseObject(text) is not { } policy) return (null, "it is no JSON object");
        if (policy.FirstOrDefault(member => member.Key is not (PointType or StartingPoint or EndingPoint))
            is { Key: { } unknown })
            return (null, $"{unknown} is no member that it can have");
        if (JsonText.String(policy[PointType]) != Timestamp) return (null, $"{PointType} must be {Timestamp}");
        if (Time(JsonText.String(policy[StartingPoint])) is not { } from)
            return (null, $"{StartingPoint} must be a time in ISO 8601");
        if (!policy.ContainsKey(EndingPoint)) return (new ReplayWindow(text, from, null), null);
        if (Time(JsonText.String(policy[EndingPoint])) is not { } to)
            return (null, $"{EndingPoint} must be a time in ISO 8601");
        return from < to
            ? (new ReplayWindow(text, from, to), null)
            : (null, $"{EndingPoint} must be later than {StartingPoint}");
    }

    public static string StatusOf(ReplayState state) => state switch
    {
        ReplayState.Starting => "Pending",
        ReplayState.Completed => "Completed",
        ReplayState.Failed => "Failed",
        _ => "In progress",
    };

    private static long? Time(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;
}
