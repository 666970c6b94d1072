using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sqs;

/// <summary>Reads the ARN by which an operation names a queue.</summary>
internal static class QueueArnInput
{
    /// <summary>The queue that an operation names by ARN, or null with the fault noted in the call.</summary>
    public static QueueName? Read(AwsCall call, Member member)
    {
        var text = call.Input.Required(member).Text();
        if (call.Fault is not null || text is null) return null;
        if (QueueArn.Parse(text) is not { } name)
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
