using Weir.Engine;

namespace Weir.Tests.Engine.Model;

/// <summary>A queue as a list of messages in the order of sending.</summary>
internal abstract class QueueModel(ShardModel shard, long id, QueueName name)
{
    protected ShardModel Shard { get; } = shard;

    public long Id { get; } = id;

    public QueueName Name { get; } = name;

    public QueueConfig Config { get; private set; } = name.HasFifoSuffix ? QueueConfig.Fifo : QueueConfig.Standard;

    public List<MessageModel> Messages { get; } = [];

    public long Revision { get; private set; } = 1;

    public long? PurgedMs { get; set; }

    public long NextSequence { get; set; } = 1;

    protected long Now => Shard.Now;

    public long InFlight => Messages.Count(message => message.IsInFlight(Now));

    public long Visible => Messages.Count(message => message.IsVisible(Now));

    public long Delayed => Messages.Count(message => message.IsDelayed(Now));

    /// <summary>What retention has left.</summary>
    public virtual void DropOld() => Messages.RemoveAll(message => message.SentMs + Ms(Config.Retention) <= Now);

    public virtual void Configure(QueueConfig config)
    {
        if (config == Config) return;
        Config = config;
        Revision++;
    }

    public abstract string Send(Guid id, string? group, string? dedup, string content, TimeSpan? delay);

    public abstract string Receive(int max, TimeSpan? visibility, string? attempt);

    public abstract string Delete(long sequence, int receives);

    public virtual string ChangeVisibility(long sequence, int receives, int seconds)
    {
        if (Find(sequence) is not { } message) return "InvalidValue";
        if (!message.IsInFlight(Now) || message.Receives != receives) return "MessageNotInFlight";
        var visible = Now + (1000L * seconds);
        if (visible > message.LeasedMs + (12 * 3600 * 1000)) return "InvalidValue";
        message.VisibleMs = visible;
        return "done";
    }

    /// <summary>The next message that a move task takes.</summary>
    public abstract MessageModel? NextToMove();

    /// <summary>A message comes in, before it is there.</summary>
    public virtual void Arrive(string? group, long sequence)
    {
    }

    /// <summary>A message leaves, or is leased again.</summary>
    public virtual void Count(MessageModel message)
    {
    }

    public virtual void Purge() => Messages.Clear();

    protected MessageModel? Find(long sequence) => Messages.Find(message => message.Sequence == sequence);

    protected string Append(Guid id, string? group, string? dedup, TimeSpan delay)
    {
        var message = new MessageModel
        {
            Id = id,
            Sequence = NextSequence,
            SentMs = Now,
            Group = group,
            Dedup = dedup,
            VisibleMs = delay > TimeSpan.Zero ? Now + Ms(delay) : 0,
        };
        Arrive(group, NextSequence++);
        Messages.Add(message);
        return $"{message.Id} {message.Sequence}";
    }

    /// <summary>Moves a message that was received often enough, where its policy leads.</summary>
    protected bool DeadLetter(MessageModel message)
    {
        if (Config.Redrive is not { } redrive || message.Receives < redrive.ReceiveCountMax) return false;
        if (Shard.Find(redrive.DeadLetterQueue) is not { } target || target.Config.RedriveAllow?.Allows(Name) == false)
            return false;
        Count(message);
        Messages.Remove(message);
        target.Arrive(message.Group, target.NextSequence);
        target.Messages.Add(message with
        {
            IsCounted = true,
            Sequence = target.NextSequence++,
            SentMs = Name.HasFifoSuffix ? Now : message.SentMs,
            Dedup = Name.HasFifoSuffix ? message.Id.ToString() : message.Dedup,
            Source = Name,
            LeasedMs = 0,
            VisibleMs = 0,
        });

        // Should the other queue keep messages for a shorter time, then this one is gone there at once.
        return true;
    }

    protected string Lease(MessageModel message, TimeSpan? visibility)
    {
        Count(message);
        message.IsCounted = false;
        message.Receives++;
        if (message.FirstReceivedMs == 0) message.FirstReceivedMs = Now;
        message.LeasedMs = Now;
        message.VisibleMs = Now + Ms(visibility ?? Config.VisibilityTimeout);
        return message.Describe(Id);
    }

    protected static long Ms(TimeSpan span) => (long)span.TotalMilliseconds;
}
