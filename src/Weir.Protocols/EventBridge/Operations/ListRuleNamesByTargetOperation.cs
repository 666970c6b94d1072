using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Lists the rules of an event bus that send to a target.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html
internal sealed class ListRuleNamesByTargetOperation : AwsOperation
{
    public override string Name => "ListRuleNamesByTarget";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Required(call, EventMembers.TargetArn) is not { } arn) return call.Fault;
        if (EventInput.Bus(call) is not { } bus || EventPage.Read(call) is not { } page) return call.Fault;
        var outcome = await call.Backend.Buses.GetAsync(bus);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        var rules = outcome.Value.Rules.Where(rule => rule.Targets.Any(target => target.Arn == arn));
        page.Write(call, EventMembers.RuleNames, rules, rule => rule.Name, rule => call.Answer.Item(rule.Name));
        return null;
    }
}
