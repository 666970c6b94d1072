using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Schedules;

/// <summary>Creates, changes and finds schedules.</summary>
public sealed class ScheduleDirectory(Broker broker)
{
    /// <summary>Of an account in a region, whatever their groups. Amazon's quota is the same by default.</summary>
    public const int SchedulesMax = 1_000_000;

    /// <summary>A try fails only when another's change went through in between; this many never do by chance.</summary>
    private const int TriesMax = 20;

    /// <summary>What is to know when schedules change; null: none of them fires.</summary>
    public ScheduleClock? Clock { get; set; }

    /// <summary>Creates a schedule; the same request again, which its token tells, finds it created.</summary>
    public ValueTask<Outcome<Done>> CreateAsync(ScheduleName name, ScheduleConfig config) =>
        PutAsync(name, present => present switch
        {
            null => config with { CreatedUnixMs = NowUnixMs, AnchorUnixMs = NowUnixMs },
            { ClientToken: { } token } when token == config.ClientToken => present,
            _ => ScheduleFaults.Exists(name),
        });

    /// <summary>Puts another in the place of one that is there. When it is due is counted from now if that
    /// changes.</summary>
    public ValueTask<Outcome<Done>> UpdateAsync(ScheduleName name, ScheduleConfig config) =>
        PutAsync(name, present => present is null
            ? ScheduleFaults.NotFound(name)
            : config with
            {
                CreatedUnixMs = present.CreatedUnixMs,
                AnchorUnixMs = present.IsDueLike(config) ? present.AnchorUnixMs : NowUnixMs,
                ClientToken = present.ClientToken,
            });

    public async ValueTask<Outcome<Done>> DeleteAsync(ScheduleName name)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (read.Value.Find(name.Group.Scope, name.Name) is not { } found) return ScheduleFaults.NotFound(name);
        var outcome = await broker.ExecuteAsync(new DefineCommand(
        [
            new DefinitionChange
            {
                Scope = name.Group.Scope, Item = name.Name, ExpectedRevision = found.Revision,
            },
            new DefinitionChange { Scope = name.Group.DueScope, Item = name.Name },
        ])).ConfigureAwait(false);
        Refresh(name);
        return outcome;
    }

    public async ValueTask<Outcome<ScheduleConfig>> GetAsync(ScheduleName name)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return read.Value.Find(name.Group.Scope, name.Name) is { } found
            ? ScheduleDocuments.Schedule(found)
            : ScheduleFaults.NotFound(name);
    }

    /// <summary>
    /// The schedules of an account in a region, by group and name in ordinal order; each is read when it is asked for.
    /// </summary>
    /// <param name="group">Only of this group, which must be there; null: of all.</param>
    public async ValueTask<Outcome<IEnumerable<(ScheduleName Name, Func<ScheduleConfig> Read)>>> ListAsync(
        string account, string region, string? group)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        var scopes = read.Value.ScopesOf(ScheduleGroupName.ScopeKind, account, region);
        if (group is not null)
        {
            var name = new ScheduleGroupName(account, region, group);
            var scope = read.Value.Find(name.Scope);
            if (scope is null && !name.IsDefault) return ScheduleFaults.GroupNotFound(name);
            scopes = scope is null ? [] : [scope];
        }

        return new Outcome<IEnumerable<(ScheduleName Name, Func<ScheduleConfig> Read)>>(scopes.SelectMany(scope =>
            scope.Items.Where(item => item.Key != ScheduleDocuments.GroupItem).Select(item => (
                new ScheduleName(ScheduleGroupName.Of(scope.Name), item.Key),
                new Func<ScheduleConfig>(() => ScheduleDocuments.Schedule(item.Value))))));
    }

    private long NowUnixMs => broker.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private async ValueTask<Outcome<Done>> PutAsync(
        ScheduleName name, Func<ScheduleConfig?, Outcome<ScheduleConfig>> edit)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            if (Check(read.Value, name) is { } fault) return fault;
            var definition = read.Value.Find(name.Group.Scope, name.Name);
            var present = definition is null ? null : ScheduleDocuments.Schedule(definition);
            var edited = edit(present);
            if (!edited.IsOk) return edited.Fault;
            if (ReferenceEquals(edited.Value, present)) return default(Done);
            var changes = Changes(name, present, edited.Value, definition?.Revision ?? 0);
            if (!changes.IsOk) return changes.Fault;
            var outcome = await broker.ExecuteAsync(new DefineCommand(changes.Value)).ConfigureAwait(false);
            if (outcome.IsOk) Refresh(name);
            if (outcome.Fault?.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome;
        }
    }

    private Outcome<DefinitionChange[]> Changes(
        ScheduleName name, ScheduleConfig? before, ScheduleConfig after, long revision)
    {
        var change = new DefinitionChange
        {
            Scope = name.Group.Scope,
            Item = name.Name,
            Value = ScheduleDocuments.Write(after with { ModifiedUnixMs = NowUnixMs }),
            ExpectedRevision = revision,
            RequiredItem = name.Group.IsDefault ? null : ScheduleDocuments.GroupItem,
        };
        if (before is not null && before.IsDueLike(after)) return new[] { change };
        var times = DueTimes.Of(after);
        var isNew = before is null || (before.Expression, before.Timezone) != (after.Expression, after.Timezone);
        var due = times.First(broker.Time.GetUtcNow(), isNew);
        if (due is null && !after.IsDisabled)
        {
            return ScheduleFaults.Invalid(
                $"{after.Expression} would never be due any more: it, or the end date, is in the past.");
        }

        var state = times.ToState(due, broker.Ids);
        return new[]
        {
            change,
            new DefinitionChange
            {
                Scope = name.Group.DueScope,
                Item = name.Name,
                Value = state is null ? (ReadOnlyMemory<byte>?)null : ScheduleDocuments.Write(state),
            },
        };
    }

    private static Fault? Check(DefinitionCatalog definitions, ScheduleName name)
    {
        var group = name.Group;
        if (!group.IsDefault && definitions.Find(group.Scope, ScheduleDocuments.GroupItem) is null)
            return ScheduleFaults.GroupNotFound(group);
        if (definitions.Find(group.Scope, name.Name) is not null) return null;
        var count = definitions.ScopesOf(ScheduleGroupName.ScopeKind, group.Account, group.Region)
            .Sum(scope => scope.Items.Count);
        return count >= SchedulesMax
            ? ScheduleFaults.LimitReached($"There are {SchedulesMax} schedules already; delete some first.")
            : null;
    }

    private void Refresh(ScheduleName name) => Clock?.Refresh(new DueKey(name.Group.DueScope, name.Name));

    private ValueTask<Outcome<DefinitionCatalog>> ReadAllAsync() => broker.ReadDefinitionsAsync();
}
