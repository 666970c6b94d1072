using System.Text;
using Weir.Broker.Routing.Patterns;
using Weir.Engine.Definitions;

namespace Weir.Broker.Buses;

/// <summary>A bus's routing table: compiled once from its definitions, and immutable as they are.</summary>
internal sealed class BusRoutes
{
    private readonly PatternSet<RuleRoute> _rules;

    private BusRoutes(DefinitionScope? scope) => _rules = PatternSet<RuleRoute>.Build(
    [
        .. BusDocuments.Rules(scope).Where(rule =>
            rule is { IsDisabled: false, Pattern: not null, Targets.Count: > 0 })
            .Select(rule => (ParsePattern(rule), new RuleRoute(rule))),
    ]);

    /// <summary>A default bus without any rule.</summary>
    public static BusRoutes Empty { get; } = new(null);

    /// <summary>Null when there is no such bus.</summary>
    public static BusRoutes? Find(DefinitionCatalog definitions, BusName bus) =>
        definitions.Find(bus.Scope)?.Compile(static scope => new BusRoutes(scope)) ?? (bus.IsDefault ? Empty : null);

    /// <summary>The rules that want the event, in the order of their names, so that a run can be repeated.</summary>
    public List<RuleRoute> Match(EventFields fields)
    {
        var matched = new List<RuleRoute>();
        _rules.Match(fields, matched);
        matched.Sort(static (left, right) => string.CompareOrdinal(left.Rule.Name, right.Rule.Name));
        return matched;
    }

    private static Pattern ParsePattern(RuleConfig rule) =>
        Pattern.Parse(Encoding.UTF8.GetBytes(rule.Pattern!), PatternOptions.EventBridge).Value;
}
