using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Answers what a rule is like, without its targets.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html
internal sealed class DescribeRuleOperation : AwsOperation
{
    public override string Name => "DescribeRule";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Rule(call) is not { } name || EventInput.Bus(call) is not { } bus) return call.Fault;
        var outcome = await call.Backend.Buses.GetRuleAsync(bus, name);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        RuleWriter.Write(call, bus, outcome.Value);
        call.Answer.Text(EventMembers.CreatedBy, outcome.Value.CreatedBy);
        return null;
    }
}
