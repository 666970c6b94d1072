using Weir.Engine.Definitions;

namespace Weir.Broker.Schedules;

/// <summary>When something is due next. There is one exactly while something is.</summary>
/// <param name="DueUnixMs">When it is due.</param>
/// <param name="FireUnixMs">When it fires: then, or later within its flexible window.</param>
internal sealed record DueState(long DueUnixMs, long FireUnixMs)
{
    /// <summary>The kind of the scopes that say when schedules are due, one for each group.</summary>
    public const string ScheduleKind = "schedule-due";

    /// <summary>The kind of the scopes that say when rules are due, one for each bus.</summary>
    public const string RuleKind = "rule-due";

    public DateTimeOffset Due => DateTimeOffset.FromUnixTimeMilliseconds(DueUnixMs);

    public DateTimeOffset Fire => DateTimeOffset.FromUnixTimeMilliseconds(FireUnixMs);

    public static DueState? Find(DefinitionCatalog definitions, DueKey key, out long revision)
    {
        var found = definitions.Find(key.Scope, key.Item);
        revision = found?.Revision ?? 0;
        return found is null ? null : ScheduleDocuments.ReadDue(found.Value.Span);
    }
}

/// <summary>Where it is kept when something is due.</summary>
internal readonly record struct DueKey(ScopeName Scope, string Item);
