using Weir.Broker.Buses;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>
/// Adds targets to a rule, or replaces those of the same id; what cannot be a target is answered as failed, each by
/// itself.
/// </summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
internal sealed class PutTargetsOperation : AwsOperation
{
    public override string Name => "PutTargets";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Rule(call, EventMembers.Rule) is not { } name || EventInput.Bus(call) is not { } bus)
            return call.Fault;
        var inputs = call.Input[EventMembers.Targets].Items();
        if (call.Fault is not null) return call.Fault;
        if (inputs.IsEmpty) return EventErrors.Missing(EventMembers.Targets.Name);
        var (targets, failed, ids) = (new List<TargetConfig>(), new List<FailedEntry>(), new HashSet<string>());
        foreach (var input in inputs)
        {
            if (TargetReader.Read(call, input) is not { } read) return call.Fault;
            if (!ids.Add(read.Id)) return EventErrors.Invalid($"The target Id {read.Id} is there twice.");
            var (target, error) = await ResolveAsync(call, input, read, bus);
            if (call.Fault is not null) return call.Fault;
            if (target is not null) targets.Add(target);
            else failed.Add(FailedEntry.Of(read.Id, error!));
        }

        var outcome = await call.Backend.Buses.ConfigureRuleAsync(bus, name, rule =>
        {
            var edited = rule.With(targets);
            return edited.Targets.Count <= RuleConfig.TargetsMax ? edited : new Fault(
                FaultCode.InFlightLimit,
                "The requested resource exceeds the maximum number allowed: "
                + $"{RuleConfig.TargetsMax} targets of a rule.");
        });
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        FailedEntry.Write(call, failed);
        return null;
    }

    private static async ValueTask<(TargetConfig? Target, AwsError? Error)> ResolveAsync(
        AwsCall call, InputValue input, TargetConfig target, BusName bus)
    {
        if (TargetReader.Check(input, target) is { } wrong) return (null, wrong);
        var letters = input[EventMembers.DeadLetterConfig][EventMembers.Arn].Text();
        if (!string.IsNullOrEmpty(letters))
        {
            var (queue, missing) = await TargetArns.DeadLetterAsync(call, letters);
            if (missing is not null) return (null, missing);
            target = target with { DeadLetterQueue = queue };
        }

        return await TargetArns.ResolveAsync(call, target, bus);
    }
}
