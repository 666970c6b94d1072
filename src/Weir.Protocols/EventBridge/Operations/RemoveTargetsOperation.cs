using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Removes targets of a rule; an id that it has not is answered as failed.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html
internal sealed class RemoveTargetsOperation : AwsOperation
{
    public override string Name => "RemoveTargets";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Rule(call, EventMembers.Rule) is not { } name || EventInput.Bus(call) is not { } bus)
            return call.Fault;
        var ids = new List<string>();
        foreach (var item in call.Input[EventMembers.Ids].Items())
        {
            if (item.Text() is { } id) ids.Add(id);
        }

        if (call.Fault is not null) return call.Fault;
        if (ids.Count == 0) return EventErrors.Missing(EventMembers.Ids.Name);
        FailedEntry[] failed = [];
        var outcome = await call.Backend.Buses.ConfigureRuleAsync(bus, name, rule =>
        {
            failed =
            [
                .. ids.Where(id => rule.Find(id) is null).Select(id => new FailedEntry(
                    id, EventErrors.NotFoundCode, $"Rule {name} does not have a target with the Id {id}.")),
            ];
            return rule with { Targets = [.. rule.Targets.Where(target => !ids.Contains(target.Id))] };
        });
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        FailedEntry.Write(call, failed);
        return null;
    }
}
