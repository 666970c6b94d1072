using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Lists the targets of a rule.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html
internal sealed class ListTargetsByRuleOperation : AwsOperation
{
    public override string Name => "ListTargetsByRule";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Rule(call, EventMembers.Rule) is not { } name || EventInput.Bus(call) is not { } bus)
            return call.Fault;
        if (EventPage.Read(call) is not { } page) return call.Fault;
        var outcome = await call.Backend.Buses.GetRuleAsync(bus, name);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        page.Write(call, EventMembers.Targets, outcome.Value.Targets, target => target.Id, target =>
        {
            call.Answer.BeginItem();
            TargetWriter.Write(call, target);
            call.Answer.EndItem();
        });
        return null;
    }
}
