using Weir.Broker.Archives;
using Weir.Broker.Buses;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Starts to publish what an archive holds of a time to the rules of its bus again.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html
internal sealed class StartReplayOperation : AwsOperation
{
    public override string Name => "StartReplay";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ArchiveInput.Replay(call) is not { } name) return call.Fault;
        var description = EventInput.Description(call);
        if (EventInput.Required(call, EventMembers.EventSourceArn) is not { } source) return call.Fault;
        var (from, to) = (ArchiveInput.Time(call, EventMembers.EventStartTime),
            ArchiveInput.Time(call, EventMembers.EventEndTime));
        var destination = call.Input[EventMembers.Destination];
        if (call.Fault is not null) return call.Fault;
        if (destination.IsAbsent) return EventErrors.Missing(EventMembers.Destination.Name);
        if (ArchiveInput.Bus(call, destination, EventMembers.Arn) is not { } bus) return call.Fault;
        if (EventArn.ParseArchive(source) is not { } archive)
            return ArchiveInput.NotValid(EventMembers.EventSourceArn, "it is no ARN of an archive");
        if ((archive.Account, archive.Region) != (bus.Account, bus.Region)) return EventErrors.NotOwn(source);
        if (from >= to)
        {
            return ArchiveInput.NotValid(
                EventMembers.EventEndTime, "EventStartTime must be before EventEndTime");
        }

        var (rules, wrong) = await ReadRulesAsync(call, destination, bus);
        if (wrong is not null) return wrong;
        var outcome = await call.Backend.Replays.StartAsync(bus, new ReplayConfig
        {
            Name = name,
            Description = description,
            Archive = archive.Archive,
            RuleArns = rules,
            FromUnixMs = from,
            ToUnixMs = to,
        });
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        call.Backend.OnReplaysChanged?.Invoke();
        ReplayWriter.WriteState(call, outcome.Value);
        ReplayWriter.WriteTime(call, EventMembers.ReplayStartTime, outcome.Value.StartedUnixMs);
        return null;
    }

    /// <summary>The rules that are to get the events. One that is not there would get none, without a word.</summary>
    private static async ValueTask<(IReadOnlyList<string> Arns, AwsError? Wrong)> ReadRulesAsync(
        AwsCall call, InputValue destination, BusName bus)
    {
        var arns = new List<string>();
        foreach (var item in destination[EventMembers.FilterArns].Items()) arns.Add(item.Text() ?? "");
        if (call.Fault is not null || arns.Count == 0) return (arns, call.Fault);
        var found = await call.Backend.Buses.GetAsync(bus);
        if (!found.IsOk) return (arns, EventErrors.From(found.Fault));
        foreach (var arn in arns)
        {
            if (EventArn.ParseRule(arn) is not { } rule || rule.Bus != bus)
            {
                return (arns, ArchiveInput.NotValid(
                    EventMembers.FilterArns, $"{arn} is no ARN of a rule of the destination"));
            }

            if (found.Value.Find(rule.Rule) is null)
                return (arns, EventErrors.NotFound($"Rule {rule.Rule} does not exist on EventBus {bus.Name}."));
        }

        return ([.. arns.Distinct(StringComparer.Ordinal)], null);
    }
}
