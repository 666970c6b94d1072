using Weir.Broker.Archives;
using Weir.Broker.Schedules;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Buses;

/// <summary>A bus as it stands, its rules in the order of their names.</summary>
public sealed record BusDescription(BusName Name, BusConfig Config, IReadOnlyList<RuleConfig> Rules)
{
    public RuleConfig? Find(string rule) => Rules.FirstOrDefault(present => present.Name == rule);
}

/// <summary>Creates, changes and finds event buses and their rules.</summary>
public sealed class BusDirectory(Broker broker)
{
    /// <summary>Buses of an account in a region, the default one included. Amazon EventBridge's quota.</summary>
    public const int BusesMax = 100;

    /// <summary>Rules of a bus. Amazon EventBridge's quota.</summary>
    public const int RulesMax = 300;

    /// <summary>Longer than any retries: an event that waits ends in its dead-letter queue, not by its queue's age.
    /// </summary>
    /// <summary>The bus as it is, durable or about to be; null when nothing of it is stored.</summary>
    public static BusConfig? ConfigOf(DefinitionCatalog definitions, BusName name) =>
        definitions.Find(name.Scope) is { } scope ? BusDocuments.Bus(scope) : null;

    private static readonly TimeSpan PushRetention = TimeSpan.FromDays(14);

    /// <summary>Raised when the rules of a bus have changed.</summary>
    public event Action? Changed;

    /// <summary>A try fails only when another's change went through in between; this many never do by chance.</summary>
    private const int TriesMax = 20;

    /// <summary>What is to know when rules' schedules change; null: none of them fires.</summary>
    public ScheduleClock? Clock { get; set; }

    public async ValueTask<Outcome<Done>> CreateAsync(BusName name, BusConfig config)
    {
        var read = await ListAsync(name.Account, name.Region).ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (read.Value.Any(bus => bus.Name == name)) return BusFaults.BusExists(name);
        if (read.Value.Count >= BusesMax)
            return BusFaults.LimitReached($"There are {BusesMax} event buses already; delete some first.");
        var change = new DefinitionChange
        {
            Scope = name.Scope,
            Item = BusDocuments.BusItem,
            Value = BusDocuments.Write(config with { CreatedUnixMs = NowUnixMs, ModifiedUnixMs = NowUnixMs }),
            ExpectedRevision = 0,
        };
        var outcome = await broker.ExecuteAsync(new DefineCommand([change])).ConfigureAwait(false);
        return outcome.Fault?.Code == FaultCode.ConfigChanged ? BusFaults.BusExists(name) : outcome;
    }

    /// <summary>Deletes a bus that has no rules or archives; one that is not there is deleted already.</summary>
    public async ValueTask<Outcome<Done>> DeleteAsync(BusName name)
    {
        if (name.IsDefault) return BusFaults.Invalid("Cannot delete event bus default.");
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (Describe(read.Value, name) is not { } bus) return default(Done);
        if (bus.Rules.Count > 0) return BusFaults.Invalid($"Event bus {name.Name} has rules; delete them first.");
        if (ArchiveDirectory.HasArchives(read.Value, name))
            return BusFaults.Invalid($"Event bus {name.Name} has archives; delete them first.");
        return await broker.ExecuteAsync(new DefineCommand([new DefinitionChange { Scope = name.Scope }]))
            .ConfigureAwait(false);
    }

    public async ValueTask<Outcome<BusDescription>> GetAsync(BusName name)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return Describe(read.Value, name) is { } found ? found : BusFaults.BusNotFound(name);
    }

    public async ValueTask<Outcome<RuleConfig>> GetRuleAsync(BusName bus, string rule)
    {
        var read = await GetAsync(bus).ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return read.Value.Find(rule) is { } found ? found : BusFaults.RuleNotFound(bus, rule);
    }

    /// <summary>The buses of an account in a region, the default one among them, in the order of their names.</summary>
    public async ValueTask<Outcome<IReadOnlyList<BusDescription>>> ListAsync(string account, string region)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return read.Value.ScopesOf(BusName.ScopeKind, account, region)
            .Select(scope => BusName.Of(scope.Name))
            .Append(new BusName(account, region, BusName.Default))
            .Distinct()
            .OrderBy(name => name.Name, StringComparer.Ordinal)
            .Select(name => Describe(read.Value, name)!)
            .ToArray();
    }

    /// <summary>Changes a bus depending on what it is.</summary>
    /// <param name="edit">The new configuration, or why there is none. May be called more than once.</param>
    public async ValueTask<Outcome<Done>> ConfigureAsync(BusName name, Func<BusConfig, Outcome<BusConfig>> edit)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            if (Describe(read.Value, name) is not { } bus) return BusFaults.BusNotFound(name);
            var edited = edit(bus.Config);
            if (!edited.IsOk) return edited.Fault;
            var change = new DefinitionChange
            {
                Scope = name.Scope,
                Item = BusDocuments.BusItem,
                Value = BusDocuments.Write(edited.Value with { ModifiedUnixMs = NowUnixMs }),
                ExpectedRevision = read.Value.Find(name.Scope, BusDocuments.BusItem)?.Revision ?? 0,
            };
            var outcome = await broker.ExecuteAsync(new DefineCommand([change])).ConfigureAwait(false);
            if (outcome.Fault?.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome;
        }
    }

    /// <summary>Puts a rule in the place of the one that is there, or where there was none.</summary>
    /// <param name="edit">The new rule, from the present one or null. May be called more than once.</param>
    public ValueTask<Outcome<Done>> PutRuleAsync(
        BusName bus, string rule, Func<RuleConfig?, Outcome<RuleConfig>> edit) =>
        EditRuleAsync(bus, rule, present => edit(present) switch
        {
            { IsOk: true } edited => new Outcome<RuleConfig?>(edited.Value),
            var refused => refused.Fault!,
        });

    /// <summary>Changes a rule that must be there, depending on what it is.</summary>
    public ValueTask<Outcome<Done>> ConfigureRuleAsync(
        BusName bus, string rule, Func<RuleConfig, Outcome<RuleConfig>> edit) =>
        PutRuleAsync(bus, rule, present => present is null ? BusFaults.RuleNotFound(bus, rule) : edit(present));

    /// <summary>Deletes a rule that has no targets; one that is not there is deleted already.</summary>
    public ValueTask<Outcome<Done>> DeleteRuleAsync(BusName bus, string rule) =>
        EditRuleAsync(bus, rule, present => present?.Targets.Count > 0
            ? BusFaults.Invalid("Rule can't be deleted since it has targets.")
            : new Outcome<RuleConfig?>((RuleConfig?)null));

    private long NowUnixMs => broker.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private async ValueTask<Outcome<Done>> EditRuleAsync(
        BusName bus, string rule, Func<RuleConfig?, Outcome<RuleConfig?>> edit)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            if (Describe(read.Value, bus) is not { } found) return BusFaults.BusNotFound(bus);
            var present = found.Find(rule);
            var edited = edit(present);
            if (!edited.IsOk) return edited.Fault;
            if (present is null && edited.Value is null) return default(Done);
            if (present is null && found.Rules.Count >= RulesMax)
                return BusFaults.LimitReached($"The event bus {bus.Name} has {RulesMax} rules already.");
            var wanted = edited.Value is { } rules ? WithQueues(bus, present, Scheduled(present, rules)) : null;
            var change = new DefinitionChange
            {
                Scope = bus.Scope,
                Item = rule,
                Value = wanted is { } config ? BusDocuments.Write(config) : (ReadOnlyMemory<byte>?)null,
                ExpectedRevision = read.Value.Find(bus.Scope, rule)?.Revision ?? 0,
                RequiredItem = bus.IsDefault ? null : BusDocuments.BusItem,
            };
            var (before, after) = (QueuesOf(present), QueuesOf(wanted));
            var due = RuleDue.Change(bus, rule, present, wanted, broker.Time.GetUtcNow());
            var outcome = await broker.ExecuteAsync(new DefineCommand(due is null ? [change] : [change, due])
            {
                Create = [.. after.Except(before).Select(queue => new InternalQueue(queue, QueueConfig.Standard with
                {
                    Retention = PushRetention,
                }))],
                Delete = [.. before.Except(after)],
            }).ConfigureAwait(false);
            if (outcome.IsOk && due is not null) Clock?.Refresh(RuleDue.KeyOf(bus, rule));
            if (outcome.IsOk) Changed?.Invoke();
            if (outcome.Fault?.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome;
        }
    }

    private static QueueName[] QueuesOf(RuleConfig? rule) => rule is null ? [] :
    [
        .. rule.Targets.Where(target => target.ApiDestination is not null).Select(target => target.Queue!),
    ];

    /// <summary>Each target that is called has a queue of its own; one that is put again keeps what waits for it.
    /// </summary>
    private RuleConfig WithQueues(BusName bus, RuleConfig? present, RuleConfig rule) => rule with
    {
        Targets = [.. rule.Targets.Select(target => target.ApiDestination is null ? target : target with
        {
            Queue = target.Queue
                ?? (present?.Find(target.Id) is { ApiDestination: { } same } before && same == target.ApiDestination
                    ? before.Queue
                    : new QueueName(bus.Account, bus.Region, $"{QueueName.InternalPrefix}rule-{broker.Ids.NewId():N}")),
        })],
    };

    /// <summary>A schedule counts from the moment at which it was put, or changed.</summary>
    private RuleConfig Scheduled(RuleConfig? present, RuleConfig rule) => rule with
    {
        ScheduledUnixMs = rule.Schedule is not { } schedule ? 0
            : schedule == present?.Schedule ? present.ScheduledUnixMs
            : NowUnixMs,
    };

    private static BusDescription? Describe(DefinitionCatalog definitions, BusName name)
    {
        var scope = definitions.Find(name.Scope);
        return scope is null && !name.IsDefault
            ? null
            : new(name, BusDocuments.Bus(scope), [.. BusDocuments.Rules(scope)]);
    }

    private ValueTask<Outcome<DefinitionCatalog>> ReadAllAsync() => broker.ReadDefinitionsAsync();
}
