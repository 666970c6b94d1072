using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>
/// Would protect what the messages of a topic carry. Weir does not look for personal data, so it takes no such policy:
/// it would seem to protect what it does not.
/// </summary>
// https://docs.aws.amazon.com/sns/latest/api/API_PutDataProtectionPolicy.html
internal sealed class PutDataProtectionPolicyOperation : AwsOperation
{
    public override string Name => "PutDataProtectionPolicy";

    public override bool HasResult => false;

    public static AwsError Refusal { get; } = SnsErrors.Invalid(
        SnsMembers.DataProtectionPolicy.Name, "Weir does not inspect messages for sensitive data");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call, SnsMembers.ResourceArn) is not { } topic) return call.Fault;
        var policy = call.Input[SnsMembers.DataProtectionPolicy].Text();
        if (call.Fault is not null) return call.Fault;
        var outcome = await call.Backend.Topics.GetAsync(topic);
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);

        // An empty one removes what is not there.
        return string.IsNullOrEmpty(policy) ? null : Refusal;
    }
}
