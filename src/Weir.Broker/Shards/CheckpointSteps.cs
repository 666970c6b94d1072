using Weir.Engine.State;
using Weir.Journal;

namespace Weir.Broker.Shards;

/// <summary>
/// Takes the shard's checkpoints: marks a moment between two frames, copies the queues in small steps while the shard
/// goes on, and has the image written by the journal's thread. Owned by the shard's thread.
/// </summary>
internal sealed class CheckpointSteps(ShardLoop loop, BrokerOptions options)
{
    private CheckpointMark? _mark;
    private CheckpointCut? _cut;
    private Task _written = Task.CompletedTask;
    private volatile bool _isRequested;

    /// <summary>True when the last checkpoint found the disk full; any thread.</summary>
    public bool HasFailed => _written.IsFaulted;

    /// <summary>True when a step would do something.</summary>
    public bool HasWork => _cut is not null || (_isRequested && CanBegin);

    private bool CanBegin =>
        _cut is null && !loop.HasFrame && !loop.Journal.IsCheckpointing && loop.Journal.BytesSinceCheckpoint > 0
        && !loop.Shard.IsImporting;

    // One that found the disk full is tried again when asked for, not at every step.
    private bool IsDue =>
        _isRequested || (loop.Journal.BytesSinceCheckpoint >= options.CheckpointBytes && !HasFailed);

    /// <summary>Asks for a checkpoint before the log has grown to one; any thread.</summary>
    public void Request() => _isRequested = true;

    public void Step()
    {
        if (IsDue && CanBegin) Begin();
        Continue(options.CheckpointUnitsPerStep);
    }

    /// <summary>Ends the checkpoint under way, then takes one of the present, if anything came after it.</summary>
    public void Finish()
    {
        Continue(int.MaxValue);
        Wait();
        if (!CanBegin) return;
        Begin();
        Continue(int.MaxValue);
        Wait();
    }

    private void Begin()
    {
        _isRequested = false;
        _mark = loop.Journal.BeginCheckpoint(loop.Shard.Live.IsLive);
        _cut = loop.Shard.BeginCheckpoint();
    }

    private void Continue(int units)
    {
        if (_cut is not { } cut) return;
        cut.Continue(units);
        if (!cut.IsComplete) return;
        _written = loop.Journal.WriteCheckpoint(_mark!, cut.Write);
        (_mark, _cut) = (null, null);
    }

    // A checkpoint that found the disk full leaves everything as it was: the next start reads more of the log.
    private void Wait()
    {
        try
        {
            _written.Wait();
        }
        catch (AggregateException failure) when (failure.InnerException is JournalDiskException { IsDiskFull: true })
        {
        }
    }
}
