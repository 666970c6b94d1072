using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Lists the rules of an event bus.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
internal sealed class ListRulesOperation : AwsOperation
{
    public override string Name => "ListRules";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var prefix = call.Input[EventMembers.NamePrefix].Text() ?? "";
        if (EventInput.Bus(call) is not { } bus || EventPage.Read(call) is not { } page) return call.Fault;
        var outcome = await call.Backend.Buses.GetAsync(bus);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        var rules = outcome.Value.Rules.Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal));
        page.Write(call, EventMembers.Rules, rules, rule => rule.Name, rule =>
        {
            call.Answer.BeginItem();
            RuleWriter.Write(call, bus, rule);
            call.Answer.EndItem();
        });
        return null;
    }
}
