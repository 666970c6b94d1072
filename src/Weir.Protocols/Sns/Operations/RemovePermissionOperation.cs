using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Sns.Attributes;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Removes the statement of a label from the policy of a topic.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_RemovePermission.html
internal sealed class RemovePermissionOperation : AwsOperation
{
    public override string Name => "RemovePermission";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call) is not { } topic) return call.Fault;
        if (TopicInput.RequiredText(call, SnsMembers.Label) is not { } label) return call.Fault;
        var isMissing = false;
        var outcome = await call.Backend.Topics.ConfigureAsync(topic, config =>
        {
            var policy = config.Opaque.GetValueOrDefault(TopicAttributes.Policy) ?? TopicPolicy.Default(topic);
            isMissing = PolicyEditor.Remove(policy, label) is null;
            return PolicyEditor.Remove(policy, label) is var (shrunk, _)
                ? new Outcome<TopicConfig>(TopicAttributes.Keep(config, TopicAttributes.Policy, shrunk))
                : new Fault(FaultCode.InvalidValue, "");
        });
        if (isMissing) return SnsErrors.NotFound($"The policy has no statement labelled {label}");
        return outcome.IsOk ? null : SnsErrors.From(outcome.Fault);
    }
}
