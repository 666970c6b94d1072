using Weir.Broker.Buses;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Archives;

/// <summary>Creates, changes and finds the archives of event buses.</summary>
public sealed class ArchiveDirectory(Broker broker)
{
    /// <summary>Archives of an account in a region. Weir's own limit.</summary>
    public const int ArchivesMax = 100;

    /// <summary>A try fails only when another's change went through in between; this many never do by chance.</summary>
    private const int TriesMax = 20;

    /// <summary>Creates an archive with the queue that holds its events, in one commit.</summary>
    /// <returns>When it was created.</returns>
    public async ValueTask<Outcome<ArchiveConfig>> CreateAsync(
        BusName bus, string name, Func<ArchiveConfig, ArchiveConfig> set)
    {
        var scope = ArchiveDocuments.Archives(bus.Account, bus.Region);
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (read.Value.Find(scope, name) is not null) return Exists(name);
        if (!bus.IsDefault && read.Value.Find(bus.Scope) is null) return BusFaults.BusNotFound(bus);
        if (read.Value.Find(scope)?.Items.Count >= ArchivesMax)
            return BusFaults.LimitReached($"There are {ArchivesMax} archives already; delete some first.");
        var archive = set(new ArchiveConfig
        {
            Name = name,
            Bus = bus,
            Queue = ArchiveQueue.NameOf(bus.Account, bus.Region, broker.Ids.NewId()),
            CreatedUnixMs = broker.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
        var change = new DefinitionChange
        {
            Scope = scope, Item = name, Value = ArchiveDocuments.Write(archive), ExpectedRevision = 0,
        };
        var command = new DefineCommand([change]) { Create = [archive.Storage] };
        var outcome = await broker.ExecuteAsync(command).ConfigureAwait(false);
        if (outcome.IsOk) return archive;
        return outcome.Fault.Code == FaultCode.ConfigChanged ? Exists(name) : outcome.Fault;
    }

    /// <summary>Changes an archive depending on what it is. What is in it stays, if its new retention lets it.
    /// </summary>
    public async ValueTask<Outcome<ArchiveConfig>> ConfigureAsync(
        string account, string region, string name, Func<ArchiveConfig, ArchiveConfig> edit)
    {
        var scope = ArchiveDocuments.Archives(account, region);
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            if (read.Value.Find(scope, name) is not { } definition) return NotFound(name);
            var edited = edit(ArchiveDocuments.Archive(definition));
            var change = new DefinitionChange
            {
                Scope = scope,
                Item = name,
                Value = ArchiveDocuments.Write(edited),
                ExpectedRevision = definition.Revision,
            };
            var command = new DefineCommand([change]) { Configure = [edited.Storage] };
            var outcome = await broker.ExecuteAsync(command).ConfigureAwait(false);
            if (outcome.IsOk) return edited;
            if (outcome.Fault.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome.Fault;
        }
    }

    /// <summary>Deletes an archive with all that is in it; a replay that is under way fails.</summary>
    public async ValueTask<Outcome<Done>> DeleteAsync(string account, string region, string name)
    {
        var scope = ArchiveDocuments.Archives(account, region);
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            if (read.Value.Find(scope, name) is not { } definition) return NotFound(name);
            var change = new DefinitionChange { Scope = scope, Item = name, ExpectedRevision = definition.Revision };
            var outcome = await broker.ExecuteAsync(new DefineCommand([change])
            {
                Delete = [ArchiveDocuments.Archive(definition).Queue],
            }).ConfigureAwait(false);
            if (outcome.Fault?.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome;
        }
    }

    public async ValueTask<Outcome<ArchiveConfig>> GetAsync(string account, string region, string name)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return read.Value.Find(ArchiveDocuments.Archives(account, region), name) is { } definition
            ? ArchiveDocuments.Archive(definition)
            : NotFound(name);
    }

    /// <summary>The archives of an account in a region, in the order of their names.</summary>
    public async ValueTask<Outcome<IReadOnlyList<ArchiveConfig>>> ListAsync(string account, string region)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return ArchiveDocuments.ArchivesIn(read.Value.Find(ArchiveDocuments.Archives(account, region))).ToArray();
    }

    /// <summary>What is in an archive now. Nothing when it was deleted meanwhile.</summary>
    public async ValueTask<Outcome<QueueMeasure>> MeasureAsync(ArchiveConfig archive)
    {
        var outcome = await broker.ExecuteAsync(new MeasureQueueCommand(archive.Queue)).ConfigureAwait(false);
        return outcome.Fault?.Code == FaultCode.QueueNotFound ? default(QueueMeasure) : outcome;
    }

    internal static bool HasArchives(DefinitionCatalog definitions, BusName bus) => ArchiveDocuments
        .ArchivesIn(definitions.Find(ArchiveDocuments.Archives(bus.Account, bus.Region)))
        .Any(archive => archive.Bus == bus);

    internal static Fault NotFound(string name) =>
        new(FaultCode.ResourceNotFound, $"Archive {name} does not exist.");

    private static Fault Exists(string name) => new(FaultCode.QueueExists, $"Archive {name} already exists.");

    private ValueTask<Outcome<DefinitionCatalog>> ReadAllAsync() => broker.ReadDefinitionsAsync();
}
