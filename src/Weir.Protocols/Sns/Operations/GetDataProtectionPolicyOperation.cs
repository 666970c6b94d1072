using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Answers the data protection policy of a topic, which has none.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_GetDataProtectionPolicy.html
internal sealed class GetDataProtectionPolicyOperation : AwsOperation
{
    public override string Name => "GetDataProtectionPolicy";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call, SnsMembers.ResourceArn) is not { } topic) return call.Fault;
        var outcome = await call.Backend.Topics.GetAsync(topic);
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);
        call.Answer.Text(SnsMembers.DataProtectionPolicy, "");
        return null;
    }
}
