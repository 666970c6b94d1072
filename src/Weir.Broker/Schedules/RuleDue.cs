using Weir.Broker.Buses;
using Weir.Broker.Schedules.Timing;
using Weir.Engine.Definitions;

namespace Weir.Broker.Schedules;

/// <summary>When a rule's own schedule is due, which is kept beside the rule.</summary>
internal static class RuleDue
{
    public static DueKey KeyOf(BusName bus, string rule) =>
        new(new ScopeName(DueState.RuleKind, bus.Account, bus.Region, bus.Name), rule);

    public static BusName BusOf(DueKey key) => BusName.Of(key.Scope);

    /// <summary>When a rule that has a schedule is due next; null: never again.</summary>
    public static DateTimeOffset? Next(RuleConfig rule, DateTimeOffset after) =>
        ScheduleTiming.Parse(rule.Schedule!, ScheduleTiming.Utc).Value
            .Next(after, DateTimeOffset.FromUnixTimeMilliseconds(rule.ScheduledUnixMs));

    /// <summary>
    /// What is to be changed with a rule, now; null: it goes on being due as it was. A rate is due for the first time
    /// when it has passed once.
    /// </summary>
    public static DefinitionChange? Change(
        BusName bus, string name, RuleConfig? before, RuleConfig? after, DateTimeOffset now)
    {
        var (was, becomes) = (Running(before), Running(after));
        if (was == becomes) return null;
        return Change(KeyOf(bus, name), becomes is null ? null : Next(after!, now), revision: null);
    }

    public static DefinitionChange Change(DueKey key, DateTimeOffset? due, long? revision) => new()
    {
        Scope = key.Scope,
        Item = key.Item,
        Value = due?.ToUnixTimeMilliseconds() is { } ms
            ? ScheduleDocuments.Write(new DueState(ms, ms))
            : (ReadOnlyMemory<byte>?)null,
        ExpectedRevision = revision,
    };

    private static string? Running(RuleConfig? rule) => rule is { IsDisabled: false } ? rule.Schedule : null;
}
