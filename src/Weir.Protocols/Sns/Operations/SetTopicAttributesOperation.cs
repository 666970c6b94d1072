using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Sns.Attributes;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Sets one attribute of a topic.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
internal sealed class SetTopicAttributesOperation : AwsOperation
{
    public override string Name => "SetTopicAttributes";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call) is not { } name) return call.Fault;
        if (TopicInput.RequiredText(call, SnsMembers.AttributeName) is not { } attribute) return call.Fault;
        var value = call.Input[SnsMembers.AttributeValue].Text() ?? "";
        if (call.Fault is not null) return call.Fault;
        AwsError? wrong = null;
        var outcome = await call.Backend.Topics.ConfigureAsync(name, config =>
        {
            var (edited, error) = TopicAttributes.Set(config, attribute, value);
            wrong = error;
            return edited is null ? new Fault(FaultCode.InvalidValue, "") : new Outcome<TopicConfig>(edited);
        });
        return wrong ?? (outcome.IsOk ? null : SnsErrors.From(outcome.Fault));
    }
}
