using Weir.Broker.Access;
using Weir.Broker.Tenants;
using Weir.Broker.Topics;

namespace Weir.Protocols.Aws;

/// <summary>
/// ARNs of topics, <c>arn:aws:sns:region:account:name</c>, and of subscriptions, which add an id: <c>...:name:id</c>.
/// </summary>
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
internal static class TopicArn
{
    private const int PartsCount = 6;

    public static string Write(TopicName name) => ResourceArn.Of(name);

    public static string Write(TopicName topic, Guid subscription) => $"{Write(topic)}:{subscription}";

    public static TopicName? Parse(ReadOnlySpan<char> arn) =>
        Parse(arn, PartsCount, out var name, out _) ? name : null;

    public static (TopicName Topic, Guid Id)? ParseSubscription(ReadOnlySpan<char> arn) =>
        Parse(arn, PartsCount + 1, out var name, out var last) && Guid.TryParseExact(last, "D", out var id)
            ? (name!, id)
            : null;

    private static bool Parse(
        ReadOnlySpan<char> arn, int count, out TopicName? name, out ReadOnlySpan<char> last)
    {
        name = null;
        last = default;
        Span<Range> parts = stackalloc Range[PartsCount + 2];
        if (arn.Split(parts, ':') != count || arn[parts[0]] is not "arn" || !arn[parts[1]].StartsWith("aws")
            || arn[parts[2]] is not "sns" || arn[parts[3]].IsEmpty || !AccessKey.IsAccount(arn[parts[4]])
            || !TopicNameText.IsValid(arn[parts[5]]))
            return false;
        name = new TopicName(arn[parts[4]].ToString(), arn[parts[3]].ToString(), arn[parts[5]].ToString());
        last = arn[parts[count - 1]];
        return true;
    }
}
