using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Pipes;

/// <summary>Creates, changes and finds pipes.</summary>
public sealed class PipeDirectory(Broker broker)
{
    /// <summary>Of an account in a region. Amazon EventBridge's quota.</summary>
    public const int PipesMax = 1_000;

    /// <summary>A try fails only when another's change went through in between; this many never do by chance.</summary>
    private const int TriesMax = 20;

    /// <summary>Called when a pipe was created, changed or deleted.</summary>
    public Action<PipeName>? OnChanged { get; set; }

    /// <summary>All pipes there are, of any account.</summary>
    public static IEnumerable<PipeName> PipesIn(DefinitionCatalog definitions) => definitions.Scopes
        .Where(scope => scope.Name.Kind == PipeName.ScopeKind)
        .SelectMany(scope => scope.Items.Keys, (scope, name) =>
            new PipeName(scope.Name.Account, scope.Name.Region, name));

    public static PipeConfig? Find(DefinitionCatalog definitions, PipeName name) =>
        definitions.Find(name.Scope, name.Name) is { } found ? PipeDocuments.Read(found) : null;

    public async ValueTask<Outcome<PipeConfig>> CreateAsync(PipeName name, PipeConfig config)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (read.Value.Find(name.Scope)?.Items.Count >= PipesMax)
            return new Fault(FaultCode.InFlightLimit, $"There are {PipesMax} pipes already; delete some first.");
        var now = NowUnixMs;
        var created = config with { CreatedUnixMs = now, ModifiedUnixMs = now };
        var outcome = await SetAsync(name, created, 0).ConfigureAwait(false);
        if (outcome.Fault?.Code == FaultCode.ConfigChanged)
            return new Fault(FaultCode.QueueExists, $"Pipe {name.Name} already exists.");
        return outcome.IsOk ? created : outcome.Fault;
    }

    /// <summary>Changes a pipe depending on what it is.</summary>
    /// <param name="edit">The new configuration, or why there is none. May be called more than once.</param>
    public async ValueTask<Outcome<PipeConfig>> ConfigureAsync(
        PipeName name, Func<PipeConfig, Outcome<PipeConfig>> edit)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            if (read.Value.Find(name.Scope, name.Name) is not { } present) return NotFound(name);
            var edited = edit(PipeDocuments.Read(present));
            if (!edited.IsOk) return edited.Fault;
            var config = edited.Value with { ModifiedUnixMs = NowUnixMs };
            var outcome = await SetAsync(name, config, present.Revision).ConfigureAwait(false);
            if (outcome.IsOk) return config;
            if (outcome.Fault.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome.Fault;
        }
    }

    /// <returns>What the pipe was.</returns>
    public async ValueTask<Outcome<PipeConfig>> DeleteAsync(PipeName name)
    {
        var found = await GetAsync(name).ConfigureAwait(false);
        if (!found.IsOk) return found.Fault;
        var outcome = await SetAsync(name, null, null).ConfigureAwait(false);
        return outcome.IsOk ? found : outcome.Fault;
    }

    public async ValueTask<Outcome<PipeConfig>> GetAsync(PipeName name)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return Find(read.Value, name) is { } found ? found : NotFound(name);
    }

    /// <summary>The pipes of an account in a region, in the order of their names.</summary>
    public async ValueTask<Outcome<IReadOnlyList<(string Name, PipeConfig Config)>>> ListAsync(
        string account, string region)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return read.Value.Find(PipeName.ScopeOf(account, region)) is { } scope
            ? scope.Items.Select(item => (item.Key, PipeDocuments.Read(item.Value))).ToArray()
            : Array.Empty<(string, PipeConfig)>();
    }

    private long NowUnixMs => broker.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private async ValueTask<Outcome<Done>> SetAsync(PipeName name, PipeConfig? config, long? expectedRevision)
    {
        var change = new DefinitionChange
        {
            Scope = name.Scope,
            Item = name.Name,
            Value = config is null ? (ReadOnlyMemory<byte>?)null : PipeDocuments.Write(config),
            ExpectedRevision = expectedRevision,
        };
        var outcome = await broker.ExecuteAsync(new DefineCommand([change])).ConfigureAwait(false);
        if (outcome.IsOk) OnChanged?.Invoke(name);
        return outcome;
    }

    private ValueTask<Outcome<DefinitionCatalog>> ReadAllAsync() => broker.ReadDefinitionsAsync();

    private static Fault NotFound(PipeName name) =>
        new(FaultCode.ResourceNotFound, $"Pipe {name.Name} does not exist.");
}
