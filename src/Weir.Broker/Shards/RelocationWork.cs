using System.Runtime.ExceptionServices;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Shards;

/// <summary>A batch of compaction: read on any thread, then executed by the shard. Nobody waits for it.</summary>
internal sealed class RelocationWork(List<Relocation> batch, IReadOnlySet<uint> segments, ReadLog readLog) : Work
{
    private Command<Done>? _command;
    private ExceptionDispatchInfo? _failure;

    public override int RecordBytesMax => _command?.RecordBytesMax ?? 0;

    public override int HeldBytes => RecordBytesMax;

    /// <summary>It goes on when the disk is nearly full: it is what makes room.</summary>
    public override bool AddsData => false;

    public void PrepareAndPost(ShardLoop loop)
    {
        try
        {
            _command = batch[0].IsRun
                ? new RelocateRunCommand(batch[0], segments, readLog)
                : new RelocateMessagesCommand(batch, readLog);
        }
        catch (Exception failure)
        {
            // Damage and failed reads end the broker, and that is for the shard's thread to do.
            _failure = ExceptionDispatchInfo.Capture(failure);
        }

        loop.Post(this);
    }

    public override bool Run(ShardLoop loop)
    {
        _failure?.Throw();
        _ = loop.Shard.Execute(_command!);
        loop.Compaction.Copied(_command!.RecordBytesMax);
        return false;
    }

    public override void Complete()
    {
    }

    public override void Refuse(Fault fault)
    {
    }
}
