using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Commands;

/// <summary>What of a configuration depends on the queue's kind and on other queues.</summary>
internal static class ConfigCheck
{
    /// <summary>More than 256 KiB of text with its policies. A changed configuration is written whole.</summary>
    public const int ConfigBytesMax = 1 << 20;

    /// <param name="before">Null for a new queue. A dead-letter queue that stays is not asked again.</param>
    public static Fault? Check(ShardState state, QueueName name, QueueConfig? before, QueueConfig config)
    {
        if (!config.IsFifo && config.ContentBasedDeduplication)
            return FifoOnly("ContentBasedDeduplication");
        if (!config.IsFifo && config.DeduplicationScope != DeduplicationScope.Queue)
            return FifoOnly("DeduplicationScope");
        if (!config.IsFifo && config.ThroughputLimit != ThroughputLimit.PerQueue)
            return FifoOnly("FifoThroughputLimit");
        if (config.ThroughputLimit == ThroughputLimit.PerMessageGroup
            && config.DeduplicationScope != DeduplicationScope.MessageGroup)
        {
            return Faults.Invalid("FifoThroughputLimit perMessageGroupId needs DeduplicationScope messageGroup.");
        }

        if (config.Flow.DeadLetters && config.Redrive is null)
        {
            return Faults.Invalid("WeirOverflow DeadLetterOldest and WeirExpired DeadLetter need a RedrivePolicy, "
                + "which names the dead-letter queue.");
        }

        if (QueueConfigFormat.BytesMax(config) > ConfigBytesMax)
            return Faults.Invalid("The queue's attributes are too large together; 256 KiB is the most.");

        return config.Redrive is { } redrive && redrive != before?.Redrive
            ? CheckRedrive(state, name, config, redrive)
            : null;
    }

    private static Fault? CheckRedrive(ShardState state, QueueName name, QueueConfig config, RedrivePolicy redrive)
    {
        var target = redrive.DeadLetterQueue;
        if (target == name) return Faults.Invalid("A queue cannot be its own dead-letter queue.");
        if (target.Account != name.Account || target.Region != name.Region)
            return Faults.Invalid("A dead-letter queue must be in the same account and region as its source.");
        if (state.Find(target) is not { } queue)
            return Faults.Invalid($"Dead letter target does not exist: {target.Name}.");
        if (queue.Config.IsFifo != config.IsFifo)
            return Faults.Invalid("A dead-letter queue must be of the same type as its source, standard or FIFO.");
        return queue.Config.RedriveAllow is { } allow && !allow.Allows(name)
            ? Faults.Invalid($"The redrive allow policy of {target.Name} does not let {name.Name} use it.")
            : null;
    }

    private static Fault FifoOnly(string attribute) =>
        Faults.Invalid($"{attribute} is only for FIFO queues, whose names end in {QueueName.FifoSuffix}.");
}
