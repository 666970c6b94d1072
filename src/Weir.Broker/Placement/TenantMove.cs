using Weir.Broker.Shards;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Weir.Engine.State;
using Weir.Engine.Transfers;
using Weir.Journal;

namespace Weir.Broker.Placement;

/// <summary>One tenant's move from the shard that has it to another.</summary>
//   prepare --> pause --> copy --> switch (one commit in the pool's log) --> resume --> clear away
//
// 1. Until the switch the tenant is the old shard's, whole; what came of it in the new one is not reachable, and goes
//    when the move fails, or at the next start. After it the tenant is the new shard's, and what is left in the old
//    one goes.
// 2. While it is paused nothing of the tenant is done in either shard, not even a move task's step.
// 3. A content is carried once for each queue that refers to it.
internal sealed class TenantMove(
    ShardMap shards, ShardHost host, BrokerOptions options, string account, bool toSilo)
{
    /// <summary>Records of one command: other tenants' commands go in between.</summary>
    private readonly int _commandBytesMax = Math.Min(256 << 10, options.Journal.FrameBytesMax / 4);

    private volatile bool _isGivenUp;
    private volatile MoveProgress _progress = new(toSilo, MovePhase.Waiting, 0, 0, 0, 0);

    public MoveProgress Progress => _progress;

    private Fault? Stopped => host.Refusal ?? (_isGivenUp ? ShardHost.Stopping : null);

    private DefinitionCatalog PoolDefinitions => shards.Pool.Loop.Shard.Definitions;

    public void GiveUp() => _isGivenUp = true;

    public async Task<Outcome<Done>> RunAsync()
    {
        if (Stopped is { } over) return over;
        try
        {
            _progress = _progress with { Phase = MovePhase.Preparing };
            var fault = toSilo ? await ToSiloAsync().ConfigureAwait(false) : await ToPoolAsync().ConfigureAwait(false);
            return fault is null ? default(Done) : fault;
        }
        catch (Exception damage) when (damage is StateCorruptException or JournalCorruptException)
        {
            host.Fail(damage);
            return ShardHost.DiskFailed;
        }
        catch (JournalDiskException failure)
        {
            // Of the silo's directory; a failure of a log ends the process anyway.
            return Unreadable(failure);
        }
    }

    private async Task<Fault?> ToSiloAsync()
    {
        if (shards.SiloCount >= options.SilosMax)
        {
            return new Fault(FaultCode.InFlightLimit,
                $"There are {options.SilosMax} silos already; move a tenant to the pool first.");
        }

        var claimed = await ClaimAsync().ConfigureAwait(false);
        if (!claimed.IsOk) return claimed.Fault;
        var number = claimed.Value;
        var silo = Open(number);
        if (!silo.IsOk) return silo.Fault;
        var target = silo.Value;
        var fault = await CarryAsync(shards.Pool, target, async () =>
        {
            var end = await target.ExecuteAsync(new EndImportCommand(account, isKept: true)).ConfigureAwait(false);
            if (!end.IsOk) return end.Fault;
            var placement = PlacementDocuments.Set(PoolDefinitions, account, new PlacementConfig(true, number));
            return (await shards.Pool.ExecuteAsync(new DefineCommand([placement])).ConfigureAwait(false)).Fault;
        }).ConfigureAwait(false);
        if (fault is not null)
        {
            await GiveUpSiloAsync(target).ConfigureAwait(false);
            return fault;
        }

        _progress = _progress with { Phase = MovePhase.Clearing };
        _ = await shards.ClearPoolOfAsync(account).ConfigureAwait(false);
        return null;
    }

    private async Task<Fault?> ToPoolAsync()
    {
        var source = shards.ShardOf(account);
        var number = PlacementDocuments.Find(PoolDefinitions, account)!.Number;
        var fault = await CarryAsync(source, shards.Pool, async () =>
        {
            var end = await shards.Pool.ExecuteAsync(new EndImportCommand(account, isKept: true)
            {
                Changes = [PlacementDocuments.Set(PoolDefinitions, account, new PlacementConfig(false, number))],
            }).ConfigureAwait(false);
            if (!end.IsOk) return end.Fault;
            _ = await shards.Pool.CallAsync(loop => TakeBack(loop)).ConfigureAwait(false);
            return null;
        }).ConfigureAwait(false);
        if (fault is not null) return fault;
        _progress = _progress with { Phase = MovePhase.Clearing };
        await source.CloseAsync().ConfigureAwait(false);
        await GiveUpSiloAsync(source).ConfigureAwait(false);
        return null;
    }

    /// <summary>Notes that the silo's directory is to be a copy that does not count yet.</summary>
    private async Task<Outcome<int>> ClaimAsync()
    {
        var definitions = PoolDefinitions;
        if (PlacementDocuments.Find(definitions, account) is null && shards.Directory.HasData(account))
        {
            return new Fault(FaultCode.InvalidValue,
                $"{shards.Directory.Of(account)} holds data that belongs to no tenant: move the directory away first.");
        }

        var (number, next) = PlacementDocuments.NextNumber(definitions);
        var placement = PlacementDocuments.Set(definitions, account, new PlacementConfig(false, number));
        var claimed = await shards.Pool.ExecuteAsync(new DefineCommand([next, placement])).ConfigureAwait(false);
        if (!claimed.IsOk) return claimed.Fault;
        shards.Directory.Clear(account);
        return number;
    }

    private Outcome<ShardThread> Open(int number)
    {
        try
        {
            return shards.OpenJoining(account, number);
        }
        catch (JournalDiskException failure)
        {
            return Unreadable(failure);
        }
    }

    private static Fault Unreadable(JournalDiskException failure) =>
        new(FaultCode.Unavailable, $"The tenant was not moved: {failure.Message}");

    /// <summary>Pauses the tenant, copies it and lets it go on: in the target, if the switch was made.</summary>
    /// <param name="switchOver">Makes the target the owner; a fault if it is not.</param>
    private async Task<Fault?> CarryAsync(ShardThread source, ShardThread target, Func<Task<Fault?>> switchOver)
    {
        _progress = _progress with { Phase = MovePhase.Copying };
        shards.Pause(account);
        var fault = await TryCopyAsync(source, target).ConfigureAwait(false);
        fault ??= await switchOver().ConfigureAwait(false);
        if (fault is not null)
        {
            _ = await target.ExecuteAsync(new EndImportCommand(account, isKept: false)).ConfigureAwait(false);
            _ = await source.CallAsync(loop => TakeBack(loop)).ConfigureAwait(false);
        }

        shards.Resume(account, fault is null ? target : source);
        return fault;
    }

    private async Task<Fault?> TryCopyAsync(ShardThread source, ShardThread target)
    {
        try
        {
            return await CopyAsync(source, target).ConfigureAwait(false);
        }
        catch (JournalDiskException failure)
        {
            return Unreadable(failure);
        }
    }

    private async Task<Fault?> CopyAsync(ShardThread source, ShardThread target)
    {
        var begun = await source.CallAsync(loop =>
        {
            loop.Away.Add(account);
            return loop.Shard.Export(account);
        }).ConfigureAwait(false);
        if (!begun.IsOk) return begun.Fault;
        var export = begun.Value;
        _progress = _progress with { Queues = export.QueueCount };
        var start = await target.ExecuteAsync(new BeginImportCommand(account, export.NowUnixMs)).ConfigureAwait(false);
        if (!start.IsOk) return start.Fault;
        while (true)
        {
            var taken = await source.CallAsync(loop => PinnedImage.Take(loop, export)).ConfigureAwait(false);
            if (!taken.IsOk) return taken.Fault;
            using var pinned = taken.Value;
            if (pinned.Image is not { } image) break;
            var fault = await ImportAsync(target, image.Read(pinned.Read, _commandBytesMax)).ConfigureAwait(false);
            if (fault is not null) return fault;
            _progress = _progress with
            {
                QueuesMoved = _progress.QueuesMoved + 1, Messages = _progress.Messages + image.MessageCount,
            };
        }

        var rest = await source.CallAsync(_ => export.TakeRest()).ConfigureAwait(false);
        return rest.IsOk
            ? await ImportAsync(target, rest.Value.Read(_commandBytesMax)).ConfigureAwait(false)
            : rest.Fault;
    }

    private async Task<Fault?> ImportAsync(ShardThread target, IEnumerable<ImportCommand> commands)
    {
        foreach (var command in commands)
        {
            if (Stopped is { } over) return over;
            var outcome = await target.ExecuteAsync(command).ConfigureAwait(false);
            if (!outcome.IsOk) return outcome.Fault;
            _progress = _progress with { Bytes = _progress.Bytes + command.RecordBytesMax };
        }

        return null;
    }

    private Done TakeBack(ShardLoop loop)
    {
        loop.Away.Remove(account);
        return default;
    }

    // What cannot be deleted now is deleted at the next start.
    private async Task GiveUpSiloAsync(ShardThread silo)
    {
        await silo.StopAsync(isDropped: true).ConfigureAwait(false);
        if (!host.HasFailed) shards.Directory.Clear(account);
    }

    /// <summary>An image with the segments that it refers to, which are kept until it is disposed.</summary>
    private sealed class PinnedImage(ShardLoop loop, QueueImage? image) : IDisposable
    {
        private readonly List<SegmentPin> _pins = [];

        public QueueImage? Image => image;

        public static PinnedImage Take(ShardLoop loop, AccountExport export)
        {
            var pinned = new PinnedImage(loop, export.TakeNext());
            foreach (var segment in pinned.Image?.Segments ?? []) pinned._pins.Add(loop.Journal.Pin(segment));
            return pinned;
        }

        public void Read(PayloadRef location, Span<byte> destination) =>
            loop.Journal.Read(new LogPosition(location.Segment, location.Offset), destination);

        public void Dispose()
        {
            foreach (var pin in _pins) pin.Dispose();
        }
    }
}
