using Microsoft.Extensions.Logging;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Archives;

/// <summary>What comes after a page.</summary>
internal enum ReplayStep
{
    GoesOn,

    /// <summary>The same again, but not at once.</summary>
    Waits,

    /// <summary>The replay has ended.</summary>
    Ends,

    /// <summary>The broker has; the replay is taken up again when it is back.</summary>
    Stops,
}

/// <summary>
/// Takes one replay to its end, page by page. All that it knows lies in the replay's definition, so it goes on after a
/// restart where the last commit was.
/// </summary>
internal sealed partial class ReplayLoop(
    Broker broker, BusReplay buses, TopicReplay topics, ScopeName scope, string item, SemaphoreSlim turn,
    ILogger logger)
{
    /// <summary>Messages of one page at most.</summary>
    public const int PageMessagesMax = 100;

    /// <summary>Their contents, if there is more than one.</summary>
    private const long PageBytesMax = 1 << 20;

    /// <summary>After a refusal: the broker has too much to do, or no room.</summary>
    private static readonly TimeSpan RefusedDelay = TimeSpan.FromSeconds(1);

    /// <param name="stop">Ends it between two pages.</param>
    /// <returns>True when the replay has ended; false when it is to be taken up again later.</returns>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                // All replays share the turn, so that no more than one page of them is ever under way.
                await turn.WaitAsync(stop).ConfigureAwait(false);
                ReplayStep step;
                try
                {
                    step = await StepAsync().ConfigureAwait(false);
                }
                finally
                {
                    turn.Release();
                }

                if (step is ReplayStep.Ends or ReplayStep.Stops) return step == ReplayStep.Ends;
                if (step == ReplayStep.Waits) await Task.Delay(RefusedDelay, broker.Time, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            LogStopped(logger, item);
        }
        catch (Exception failure)
        {
            // What is stored is as it was; the next start of the server takes it up again.
            LogBroken(logger, item, failure);
        }

        return false;
    }

    /// <summary>Publishes the next page, or ends the replay when there is none.</summary>
    internal async ValueTask<ReplayStep> StepAsync()
    {
        var read = await broker.ReadDefinitionsAsync().ConfigureAwait(false);
        if (!read.IsOk) return After(read.Fault);
        if (read.Value.Find(scope, item) is not { } definition) return ReplayStep.Ends;
        var replay = ArchiveDocuments.Replay(definition);
        if (replay.HasEnded) return ReplayStep.Ends;
        if (replay.State == ReplayState.Cancelling)
            return await EndAsync(replay, definition.Revision, ReplayState.Cancelled, null).ConfigureAwait(false);

        var browse = new BrowseCommand(replay.Queue!, replay.AfterSequence, replay.FromUnixMs, PageMessagesMax)
        {
            ContentBytesMax = PageBytesMax,
        };
        var browsed = await broker.BrowseAsync(browse).ConfigureAwait(false);
        if (!browsed.IsOk) return await AfterAsync(replay, definition.Revision, browsed.Fault).ConfigureAwait(false);
        var page = browsed.Value.TakeWhile(message => message.Stored.SentUnixMs <= replay.LastUnixMs).ToArray();
        if (page.Length == 0)
            return await EndAsync(replay, definition.Revision, ReplayState.Completed, null).ConfigureAwait(false);
        var fault = await PublishAsync(replay, definition.Revision, page).ConfigureAwait(false);
        return fault is null
            ? ReplayStep.GoesOn
            : await AfterAsync(replay, definition.Revision, fault).ConfigureAwait(false);
    }

    private ValueTask<Fault?> PublishAsync(ReplayConfig replay, long revision, IReadOnlyList<BrowsedMessage> page)
    {
        return replay.Topic is null
            ? buses.PublishAsync(replay, page, Progress)
            : topics.PublishAsync(replay, page, Progress);

        DefinitionChange Progress(StoredMessage last) => Change(revision, replay with
        {
            State = ReplayState.Running,
            AfterSequence = last.Sequence,
            LastReplayedUnixMs = last.SentUnixMs,
        });
    }

    private async ValueTask<ReplayStep> AfterAsync(ReplayConfig replay, long revision, Fault fault)
    {
        if (fault.Code is FaultCode.ConfigChanged or FaultCode.Overloaded or FaultCode.QueueFull
            or FaultCode.QuotaReached or FaultCode.DiskFull or FaultCode.Unavailable)
            return After(fault);
        var reason = fault.Code == FaultCode.QueueNotFound ? "The archive was deleted." : fault.Message;
        LogFailed(logger, item, reason);
        return await EndAsync(replay, revision, ReplayState.Failed, reason).ConfigureAwait(false);
    }

    private static ReplayStep After(Fault fault) => fault.Code switch
    {
        FaultCode.ConfigChanged => ReplayStep.GoesOn,
        FaultCode.Unavailable => ReplayStep.Stops,
        _ => ReplayStep.Waits,
    };

    private async ValueTask<ReplayStep> EndAsync(ReplayConfig replay, long revision, ReplayState state, string? reason)
    {
        var ended = replay with
        {
            State = state, Reason = reason, EndedUnixMs = broker.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var outcome = await broker.ExecuteAsync(new DefineCommand([Change(revision, ended)])).ConfigureAwait(false);
        return outcome.IsOk ? ReplayStep.Ends : After(outcome.Fault);
    }

    private DefinitionChange Change(long revision, ReplayConfig replay) =>
        ReplayDirectory.Change(scope, replay) with { ExpectedRevision = revision };

    [LoggerMessage(LogLevel.Debug, "Replay {Replay}: stopped until the next start")]
    private static partial void LogStopped(ILogger logger, string replay);

    [LoggerMessage(LogLevel.Error, "Replay {Replay}: ends before its end: {Reason}")]
    private static partial void LogFailed(ILogger logger, string replay, string reason);

    [LoggerMessage(LogLevel.Error, "Replay {Replay}: broke off")]
    private static partial void LogBroken(ILogger logger, string replay, Exception failure);
}
