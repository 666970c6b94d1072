namespace Weir.Engine.Commands;

/// <summary>
/// Something asked of a shard. Execute decides: it validates, may refuse, and changes state only through the records
/// that it emits, each of which is written to the frame and applied at once, so that a later step sees the earlier.
/// </summary>
public abstract class Command<T>
{
    /// <summary>Whose it is: the shard that has this account executes it. Null: any shard, it is not about an account.
    /// </summary>
    public abstract string? Account { get; }

    /// <summary>All accounts that it concerns, when they may be several; null: no more than <see cref="Account"/>.
    /// </summary>
    public virtual IReadOnlySet<string>? Accounts => null;

    /// <summary>In whose turn it waits, and on whose account it is; null: the server's own.</summary>
    public virtual string? Payer => Account;

    /// <summary>
    /// An upper bound of the record bytes that executing this may write, so that they fit in one frame.
    /// </summary>
    public abstract int RecordBytesMax { get; }

    /// <summary>Memory that the command holds while it waits for execution, roughly.</summary>
    public virtual int HeldBytes => 512;

    /// <summary>False for what must go on when the disk is down to its reserve: reads, deletes, leases.</summary>
    public virtual bool AddsData => false;

    internal abstract Outcome<T> Execute(Shard shard);
}
