using System.Collections.Immutable;
using Weir.Broker.Documents;

namespace Weir.Broker.Buses;

/// <summary>Which events of a bus go where. Immutable; a change replaces it whole, its targets included.</summary>
public sealed record RuleConfig
{
    /// <summary>Of a rule, all of which one commit reaches. Amazon EventBridge's quota.</summary>
    public const int TargetsMax = 5;

    /// <summary>1 to 64 of <c>A-Z a-z 0-9 . - _</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What clients know the rule by; templates and dead letters carry it.</summary>
    public required string Arn { get; init; }

    /// <summary>JSON; null: the rule wants no events, but has a schedule.</summary>
    public string? Pattern { get; init; }

    /// <summary>A <c>rate(...)</c> or <c>cron(...)</c> in UTC, when the rule makes an event of its own; or null.
    /// </summary>
    public string? Schedule { get; init; }

    /// <summary>Where a rate began to count.</summary>
    public long ScheduledUnixMs { get; init; }

    public bool IsDisabled { get; init; }

    public string? Description { get; init; }

    /// <summary>Kept and answered: Weir has no roles.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The account that put the rule first.</summary>
    public required string CreatedBy { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = TextMap.Empty;

    /// <summary>In the order of their ids, which are unlike one another.</summary>
    public IReadOnlyList<TargetConfig> Targets { get; init; } = [];

    public TargetConfig? Find(string target) => Targets.FirstOrDefault(present => present.Id == target);

    /// <summary>Adds targets, each in the place of that with its id.</summary>
    public RuleConfig With(IReadOnlyList<TargetConfig> targets) => this with
    {
        Targets =
        [
            .. Targets.Where(present => targets.All(target => target.Id != present.Id)).Concat(targets)
                .OrderBy(target => target.Id, StringComparer.Ordinal),
        ],
    };
}
