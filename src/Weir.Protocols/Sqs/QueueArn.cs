using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs;

/// <summary>Queue ARNs: <c>arn:aws:sqs:region:account:name</c>.</summary>
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
internal static class QueueArn
{
    private const int PartsCount = 6;

    public static string Write(QueueName name) => $"arn:aws:sqs:{name.Region}:{name.Account}:{name.Name}";

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

    /// <summary>The queue that an operation names by ARN, or null with the fault noted in the call.</summary>
    public static QueueName? Read(AwsCall call, Aws.Codec.Member member)
    {
        var text = call.Input.Required(member).Text();
        if (call.Fault is not null || text is null) return null;
        if (Parse(text) is not { } name)
        {
            call.Refuse(AwsErrors.InvalidParameter($"You must use this format to specify the {member.Name}: "
                + "arn:<partition>:<service>:<region>:<account-id>:<resource-id>"));
            return null;
        }

        if (name.Account == call.Identity.Account && name.Region == call.Identity.Region) return name;
        call.Refuse(NotFound(member.Name));
        return null;
    }

    public static AwsError NotFound(string parameter) => SqsErrors.ResourceNotFound(
        $"The resource that you specified for the {parameter} parameter doesn't exist.");
}
