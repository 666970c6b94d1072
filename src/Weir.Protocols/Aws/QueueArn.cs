using Weir.Broker.Access;
using Weir.Broker.Tenants;
using Weir.Engine;

namespace Weir.Protocols.Aws;

/// <summary>Queue ARNs: <c>arn:aws:sqs:region:account:name</c>.</summary>
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
internal static class QueueArn
{
    private const int PartsCount = 6;

    public static string Write(QueueName name) => ResourceArn.Of(name);

    public static QueueName? Parse(ReadOnlySpan<char> arn)
    {
        Span<Range> parts = stackalloc Range[PartsCount + 1];
        if (arn.Split(parts, ':') != PartsCount || arn[parts[0]] is not "arn" || !arn[parts[1]].StartsWith("aws")
            || arn[parts[2]] is not "sqs" || arn[parts[3]].IsEmpty || !AccessKey.IsAccount(arn[parts[4]])
            || !QueueNameText.IsValid(arn[parts[5]]))
        {
            return null;
        }

        return new QueueName(arn[parts[4]].ToString(), arn[parts[3]].ToString(), arn[parts[5]].ToString());
    }
}
