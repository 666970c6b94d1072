using System.Collections.Immutable;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Schedules;

/// <summary>A group as it stands.</summary>
public sealed record ScheduleGroupDescription(ScheduleGroupName Name, ScheduleGroupConfig Config);

/// <summary>Creates, changes and finds groups of schedules.</summary>
public sealed class ScheduleGroupDirectory(Broker broker)
{
    /// <summary>Of an account in a region, the default one included. Amazon's quota.</summary>
    public const int GroupsMax = 500;

    /// <summary>A try fails only when another's change went through in between; this many never do by chance.</summary>
    private const int TriesMax = 20;

    /// <summary>What is to know when schedules change; null: none of them fires.</summary>
    public ScheduleClock? Clock { get; set; }

    /// <summary>Creates a group; the same request again, which its token tells, finds it created.</summary>
    public async ValueTask<Outcome<Done>> CreateAsync(ScheduleGroupName name, ScheduleGroupConfig config)
    {
        var read = await ListAsync(name.Account, name.Region).ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (read.Value.FirstOrDefault(group => group.Name == name) is { } present)
        {
            return present.Config.ClientToken is { } token && token == config.ClientToken
                ? default(Done)
                : ScheduleFaults.GroupExists(name);
        }

        if (read.Value.Count >= GroupsMax)
            return ScheduleFaults.LimitReached($"There are {GroupsMax} schedule groups already; delete some first.");
        var outcome = await broker.ExecuteAsync(new DefineCommand(
        [
            Change(name, config with { CreatedUnixMs = NowUnixMs, ModifiedUnixMs = NowUnixMs }, revision: 0),
        ])).ConfigureAwait(false);
        return outcome.Fault?.Code == FaultCode.ConfigChanged ? ScheduleFaults.GroupExists(name) : outcome;
    }

    /// <summary>Deletes a group with all its schedules.</summary>
    public async ValueTask<Outcome<Done>> DeleteAsync(ScheduleGroupName name)
    {
        if (name.IsDefault) return ScheduleFaults.Invalid("The default schedule group cannot be deleted.");
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (read.Value.Find(name.Scope) is not { } scope) return ScheduleFaults.GroupNotFound(name);
        var outcome = await broker.ExecuteAsync(new DefineCommand(
        [
            new DefinitionChange { Scope = name.Scope },
            new DefinitionChange { Scope = name.DueScope },
        ])).ConfigureAwait(false);
        if (Clock is { } clock)
        {
            foreach (var item in scope.Items.Keys) clock.Refresh(new DueKey(name.DueScope, item));
        }

        return outcome;
    }

    public async ValueTask<Outcome<ScheduleGroupConfig>> GetAsync(ScheduleGroupName name)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return Find(read.Value, name) is { } found ? found : ScheduleFaults.GroupNotFound(name);
    }

    /// <summary>The groups of an account in a region, the default one among them, in the order of their names.
    /// </summary>
    public async ValueTask<Outcome<IReadOnlyList<ScheduleGroupDescription>>> ListAsync(string account, string region)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return read.Value.ScopesOf(ScheduleGroupName.ScopeKind, account, region)
            .Select(scope => ScheduleGroupName.Of(scope.Name))
            .Append(new ScheduleGroupName(account, region, ScheduleGroupName.Default))
            .Distinct()
            .OrderBy(name => name.Name, StringComparer.Ordinal)
            .Select(name => new ScheduleGroupDescription(name, Find(read.Value, name)!))
            .ToArray();
    }

    /// <summary>Changes a group's tags depending on what they are.</summary>
    /// <param name="edit">The new tags, or why there are none. May be called more than once.</param>
    public async ValueTask<Outcome<Done>> TagAsync(
        ScheduleGroupName name,
        Func<ImmutableSortedDictionary<string, string>, Outcome<ImmutableSortedDictionary<string, string>>> edit)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            if (Find(read.Value, name) is not { } group) return ScheduleFaults.GroupNotFound(name);
            var edited = edit(group.Tags);
            if (!edited.IsOk) return edited.Fault;
            var revision = read.Value.Find(name.Scope, ScheduleDocuments.GroupItem)?.Revision ?? 0;
            var outcome = await broker.ExecuteAsync(new DefineCommand(
            [
                Change(name, group with { Tags = edited.Value, ModifiedUnixMs = NowUnixMs }, revision),
            ])).ConfigureAwait(false);
            if (outcome.Fault?.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome;
        }
    }

    private long NowUnixMs => broker.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static DefinitionChange Change(ScheduleGroupName name, ScheduleGroupConfig config, long revision) => new()
    {
        Scope = name.Scope,
        Item = ScheduleDocuments.GroupItem,
        Value = ScheduleDocuments.Write(config),
        ExpectedRevision = revision,
    };

    private static ScheduleGroupConfig? Find(DefinitionCatalog definitions, ScheduleGroupName name)
    {
        var scope = definitions.Find(name.Scope);
        return scope is null && !name.IsDefault ? null : ScheduleDocuments.Group(scope);
    }

    private ValueTask<Outcome<DefinitionCatalog>> ReadAllAsync() => broker.ReadDefinitionsAsync();
}
