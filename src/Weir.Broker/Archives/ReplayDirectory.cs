using Weir.Broker.Buses;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Archives;

/// <summary>Starts, cancels and finds the replays of event buses' archives.</summary>
public sealed class ReplayDirectory(Broker broker)
{
    /// <summary>Replays of an account in a region that have not ended. Amazon EventBridge's quota.</summary>
    public const int RunningMax = 10;

    /// <summary>Ended ones that are remembered, the newest; they go when another is started.</summary>
    public const int EndedMax = 100;

    /// <summary>As long as Amazon EventBridge remembers an ended replay.</summary>
    private static readonly TimeSpan EndedAgeMax = TimeSpan.FromDays(90);

    /// <summary>A try fails only when another's change went through in between; this many never do by chance.</summary>
    private const int TriesMax = 20;

    /// <summary>Starts a replay of the archive that <paramref name="replay"/> names, to that archive's bus.</summary>
    /// <returns>The replay as it was started.</returns>
    public async ValueTask<Outcome<ReplayConfig>> StartAsync(BusName bus, ReplayConfig replay)
    {
        var scope = ArchiveDocuments.BusReplays(bus.Account, bus.Region);
        var read = await broker.ReadDefinitionsAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (read.Value.Find(scope, replay.Name) is not null) return Exists(replay.Name);
        var archives = ArchiveDocuments.Archives(bus.Account, bus.Region);
        if (read.Value.Find(archives, replay.Archive!) is not { } definition)
            return ArchiveDirectory.NotFound(replay.Archive!);
        var archive = ArchiveDocuments.Archive(definition);
        if (archive.Bus != bus)
        {
            return BusFaults.Invalid(
                "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
        }

        var present = ArchiveDocuments.ReplaysIn(read.Value.Find(scope)).ToArray();
        if (present.Count(other => !other.HasEnded) >= RunningMax)
            return BusFaults.LimitReached($"There are {RunningMax} replays under way already; wait for one to end.");
        var started = replay with { Bus = bus, Queue = archive.Queue, StartedUnixMs = NowUnixMs };
        var start = Change(scope, started) with { ExpectedRevision = 0 };
        var outcome = await broker.ExecuteAsync(new DefineCommand([start, .. Forgotten(scope, present)]))
            .ConfigureAwait(false);
        if (outcome.IsOk) return started;
        return outcome.Fault.Code == FaultCode.ConfigChanged ? Exists(replay.Name) : outcome.Fault;
    }

    /// <summary>Has a replay end; once this is answered, it publishes nothing more.</summary>
    public async ValueTask<Outcome<ReplayConfig>> CancelAsync(string account, string region, string name)
    {
        var scope = ArchiveDocuments.BusReplays(account, region);
        for (var tries = 1; ; tries++)
        {
            var read = await broker.ReadDefinitionsAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            if (read.Value.Find(scope, name) is not { } definition) return NotFound(name);
            var replay = ArchiveDocuments.Replay(definition);
            if (replay.HasEnded || replay.State == ReplayState.Cancelling)
                return new Fault(FaultCode.Unsupported, $"Replay {name} is not in a valid state for this operation.");
            var cancelling = replay with { State = ReplayState.Cancelling };
            var change = Change(scope, cancelling) with { ExpectedRevision = definition.Revision };
            var outcome = await broker.ExecuteAsync(new DefineCommand([change])).ConfigureAwait(false);
            if (outcome.IsOk) return cancelling;
            if (outcome.Fault.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome.Fault;
        }
    }

    public async ValueTask<Outcome<ReplayConfig>> GetAsync(string account, string region, string name)
    {
        var read = await broker.ReadDefinitionsAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return read.Value.Find(ArchiveDocuments.BusReplays(account, region), name) is { } definition
            ? ArchiveDocuments.Replay(definition)
            : NotFound(name);
    }

    /// <summary>The replays of an account in a region, in the order of their names.</summary>
    public async ValueTask<Outcome<IReadOnlyList<ReplayConfig>>> ListAsync(string account, string region)
    {
        var read = await broker.ReadDefinitionsAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return ArchiveDocuments.ReplaysIn(read.Value.Find(ArchiveDocuments.BusReplays(account, region))).ToArray();
    }

    internal static DefinitionChange Change(ScopeName scope, ReplayConfig replay) => new()
    {
        Scope = scope, Item = replay.Name, Value = ArchiveDocuments.Write(replay),
    };

    private long NowUnixMs => broker.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private IEnumerable<DefinitionChange> Forgotten(ScopeName scope, IEnumerable<ReplayConfig> present)
    {
        var oldest = NowUnixMs - (long)EndedAgeMax.TotalMilliseconds;
        return present.Where(replay => replay.HasEnded)
            .OrderByDescending(replay => replay.EndedUnixMs)
            .Where((replay, place) => place >= EndedMax - 1 || replay.EndedUnixMs < oldest)
            .Select(replay => new DefinitionChange { Scope = scope, Item = replay.Name });
    }

    private static Fault Exists(string name) => new(FaultCode.QueueExists, $"Replay {name} already exists.");

    private static Fault NotFound(string name) =>
        new(FaultCode.ResourceNotFound, $"Replay {name} does not exist.");
}
