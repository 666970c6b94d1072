using Microsoft.Extensions.Logging;
using Weir.Broker.Buses;
using Weir.Broker.Forwarding;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Schedules;

/// <summary>Makes the event of a rule that is due, for the rule's own targets.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
internal sealed partial class RuleFiring(Broker broker, ILogger logger)
{
    private static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(ScheduleConfig.EventAgeSecondsMax);

    /// <param name="refusal">Why the event was not taken; null: it was not tried yet.</param>
    /// <returns>Null when nothing is due any more.</returns>
    public Outgoing? Make(DueKey key, DateTimeOffset now, Fault? refusal)
    {
        var definitions = broker.Definitions;
        if (DueState.Find(definitions, key, out var revision) is not { } state) return null;
        var bus = RuleDue.BusOf(key);
        if (definitions.Find(bus.Scope, key.Item) is not { } definition) return null;
        var rule = BusDocuments.Rule(definition);
        var occurrence = Occurrence.Of(state, now, AgeMax, after => RuleDue.Next(rule, after));
        var outgoing = new Outgoing(bus.Account, broker.Ids)
        {
            Changes =
            [
                RuleDue.Change(key, occurrence.Next, revision),

                // As it was when its event was made: a target that was removed since gets nothing.
                new DefinitionChange
                {
                    Scope = bus.Scope,
                    Item = key.Item,
                    ExpectedRevision = definition.Revision,
                    IsOnlyExpected = true,
                },
            ],
        };
        if (occurrence.HasSkipped || occurrence.IsTooOld) LogSkipped(rule.Arn, state.Due);
        if (occurrence.IsTooOld) return outgoing;
        if (refusal is not null) LogDropped(rule.Arn, occurrence.Due, refusal.Message);
        else if (Send(definitions, bus, rule, occurrence.Due, now, outgoing) is { } fault) outgoing.Refuse(fault);
        return outgoing;
    }

    private Fault? Send(
        DefinitionCatalog definitions, BusName bus, RuleConfig rule, DateTimeOffset due, DateTimeOffset now,
        Outgoing outgoing)
    {
        var id = broker.Ids.NewId();
        var busEvent = new BusEvent
        {
            Id = id,
            Bus = bus,
            Json = new EventEnvelope
            {
                Id = id,
                Source = "aws.events",
                DetailType = "Scheduled Event",
                Account = bus.Account,
                Region = bus.Region,
                Time = due,
                Resources = [rule.Arn],
            }.Write("{}"u8),
            TakenInAt = now,
            SenderId = bus.Account,
        };
        return new EventResolver(definitions, broker.Ids).Resolve(busEvent, rule, outgoing);
    }

    [LoggerMessage(LogLevel.Warning,
        "Rule {Rule}: what was due from {From} on was missed; at most the last of it is done now")]
    private partial void LogSkipped(string rule, DateTimeOffset from);

    [LoggerMessage(LogLevel.Error, "Rule {Rule}: the event that was due at {Due} is not delivered: {Reason}")]
    private partial void LogDropped(string rule, DateTimeOffset due, string reason);
}
