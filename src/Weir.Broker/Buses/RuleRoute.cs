namespace Weir.Broker.Buses;

/// <summary>A rule with its targets' inputs compiled.</summary>
internal sealed class RuleRoute(RuleConfig rule)
{
    public RuleConfig Rule { get; } = rule;

    public IReadOnlyList<TargetRoute> Targets { get; } =
        [.. rule.Targets.Select(target => new TargetRoute(rule, target))];
}

/// <summary>One target of a rule, which says what becomes of an event that cannot reach it.</summary>
internal sealed class TargetRoute(RuleConfig rule, TargetConfig target)
{
    public RuleConfig Rule { get; } = rule;

    public TargetConfig Target { get; } = target;

    public TargetInput Input { get; } = new(rule, target);
}
