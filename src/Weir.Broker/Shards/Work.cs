using System.Threading.Tasks.Sources;
using Weir.Engine;

namespace Weir.Broker.Shards;

/// <summary>Something that waits in a shard's mailbox, then for the frame that it went into to be durable.</summary>
internal abstract class Work
{
    /// <summary>An upper bound of the record bytes that running this may write.</summary>
    public abstract int RecordBytesMax { get; }

    /// <summary>Memory that this holds while it waits in the mailbox, roughly.</summary>
    public virtual int HeldBytes => 512;

    /// <summary>What it takes of its tenant's turn, in bytes: what it holds, or as much as takes the shard as long.
    /// </summary>
    public virtual int Cost => HeldBytes;

    public abstract bool AddsData { get; }

    /// <summary>Whose it is; null: it is done by whichever shard it is given to.</summary>
    public virtual string? Account => null;

    /// <summary>In whose turn it waits; null: the server's own.</summary>
    public virtual string? Payer => Account;

    /// <summary>All accounts that it concerns, if they may be several; null: no more than <see cref="Account"/>.
    /// </summary>
    public virtual IReadOnlySet<string>? Accounts => null;

    /// <summary>Runs on the shard's thread. False: the work is parked, and will be run again.</summary>
    public abstract bool Run(ShardLoop loop);

    /// <summary>The frame is durable: the answer may leave.</summary>
    public abstract void Complete();

    public abstract void Refuse(Fault fault);

    /// <summary>Where it waits, from when it was posted.</summary>
    public Lane? Lane { get; set; }

    /// <summary>Has it done by the shard that has its account by now.</summary>
    public virtual void Redo(Broker broker) => broker.Readmit(this);

    /// <summary>Answers it without having run it: its tenant was being moved for too long.</summary>
    public virtual void GiveUp() => Refuse(ShardHost.Moving);
}

/// <summary>
/// Work that somebody awaits. Whoever completes it runs the continuation, so it is completed on the thread pool, never
/// on the shard's or the writer's thread.
/// </summary>
internal abstract class Work<T> : Work, IValueTaskSource<Outcome<T>>
{
    private ManualResetValueTaskSourceCore<Outcome<T>> _source;

    public ValueTask<Outcome<T>> Task => new(this, _source.Version);

    protected Outcome<T> Outcome { get; set; }

    public override void Complete() => _source.SetResult(Outcome);

    public override void Refuse(Fault fault) => _source.SetResult(fault);

    Outcome<T> IValueTaskSource<Outcome<T>>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<Outcome<T>>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<Outcome<T>>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
