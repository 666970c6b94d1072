using Microsoft.Extensions.Logging;
using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Broker.Targets;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Schedules;

/// <summary>
/// Makes what a schedule sends when it is due. With it goes out when it is due next, so that it has either fired and
/// noted so, or neither.
/// </summary>
internal sealed partial class ScheduleFiring(Broker broker, ILogger logger)
{
    /// <param name="refusal">Why what the schedule sends was not taken; null: it was not tried yet.</param>
    /// <returns>Null when nothing is due any more.</returns>
    public Outgoing? Make(DueKey key, DateTimeOffset now, Fault? refusal)
    {
        var definitions = broker.Definitions;
        if (DueState.Find(definitions, key, out var revision) is not { } state) return null;
        var name = new ScheduleName(ScheduleGroupName.Of(key.Scope), key.Item);
        if (definitions.Find(name.Group.Scope, name.Name) is not { } definition) return null;
        var config = ScheduleDocuments.Schedule(definition);
        var times = DueTimes.Of(config);
        var occurrence = Occurrence.Of(state, now, config.EventAgeMax, times.Next);
        var next = times.ToState(occurrence.Next, broker.Ids);
        var outgoing = new Outgoing(key.Scope.Account, broker.Ids)
        {
            Changes = Changes(key, revision, next, config, definition, name),
        };
        if (occurrence.HasSkipped) LogSkipped(config.Arn, state.Due, occurrence.Due);
        var execution = new Execution(name, config, broker.Ids.NewId(), occurrence.Due);
        if (refusal is not null) Fail(outgoing, execution, DeliveryError.Of(refusal));
        else if (!occurrence.IsTooOld) Send(outgoing, execution, definitions, now);
        else if (times.IsOnce) Fail(outgoing, execution, TooOld(config));
        else LogMissed(config.Arn, occurrence.Due, config.EventAgeMax.TotalSeconds);
        return outgoing;
    }

    private static DefinitionChange[] Changes(
        DueKey key, long revision, DueState? next, ScheduleConfig config, Definition definition, ScheduleName name)
    {
        var change = new DefinitionChange
        {
            Scope = key.Scope,
            Item = key.Item,
            Value = next is null ? (ReadOnlyMemory<byte>?)null : ScheduleDocuments.Write(next),
            ExpectedRevision = revision,
        };

        // Once an update is acknowledged nothing goes out by the definition before it, though both are due alike.
        var ofSchedule = new DefinitionChange
        {
            Scope = name.Group.Scope,
            Item = name.Name,
            ExpectedRevision = definition.Revision,
            IsOnlyExpected = next is not null || !config.IsDeletedAfterCompletion,
        };
        return [change, ofSchedule];
    }

    private void Send(Outgoing outgoing, Execution execution, DefinitionCatalog definitions, DateTimeOffset now)
    {
        var account = execution.Name.Group.Account;
        var resolver = new DestinationResolver(definitions, broker.Ids, now);
        var sender = new ScheduleSender(execution);
        foreach (var message in execution.Config.Messages)
        {
            var content = new MessageContent { Body = execution.BodyOf(message), SenderId = account };
            resolver.Send(outgoing, sender, execution.Fill(message.Destination), content, account);
        }
    }

    private void Fail(Outgoing outgoing, Execution execution, DeliveryError error)
    {
        var publication = new OutgoingPublication(broker.Ids.NewId());
        outgoing.Add(publication);
        outgoing.Fail(publication, new ScheduleSender(execution), error);
    }

    private static DeliveryError TooOld(ScheduleConfig config) => new(ScheduleSender.TooOld,
        $"It was missed for more than {config.EventAgeMax.TotalSeconds} seconds.");

    [LoggerMessage(LogLevel.Warning,
        "Schedule {Schedule}: what was due from {From} on was missed; it fires once instead, as for {Due}")]
    private partial void LogSkipped(string schedule, DateTimeOffset from, DateTimeOffset due);

    [LoggerMessage(LogLevel.Warning,
        "Schedule {Schedule}: what was due at {Due} was missed for more than {Seconds} seconds, and is skipped")]
    private partial void LogMissed(string schedule, DateTimeOffset due, double seconds);
}
