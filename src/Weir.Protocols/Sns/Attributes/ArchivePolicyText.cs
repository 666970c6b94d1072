using System.Globalization;
using System.Text.Json.Nodes;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Attributes;

/// <summary>A FIFO topic's ArchivePolicy: how many days its messages are kept.</summary>
// https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-topic-owner.html
internal static class ArchivePolicyText
{
    private const string Period = "MessageRetentionPeriod";
    private const int DaysMax = 365;

    /// <summary>0 when nothing is to be kept; null when the text is no policy.</summary>
    public static int? Parse(string text)
    {
        if (text.Trim() is "" or "{}") return 0;
        if (JsonText.ParseObject(text) is not { Count: 1 } policy || policy[Period] is not JsonValue value) return null;
        var digits = value.TryGetValue(out string? quoted) ? quoted : value.ToJsonString();
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is >= 1 and <= DaysMax
            ? days
            : null;
    }

    public static string Write(int days) => $$"""{"{{Period}}":"{{days}}"}""";
}
