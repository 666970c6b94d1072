using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Archives;

/// <summary>The queue that an archive keeps its messages in.</summary>
internal static class ArchiveQueue
{
    /// <summary>About the longest time that the engine reckons with.</summary>
    public const int RetentionDaysMax = 36_500;

    public static QueueName NameOf(string account, string region, Guid id) =>
        new(account, region, $"{QueueName.InternalPrefix}archive-{id}");

    /// <param name="retentionDays">0: as long as can be.</param>
    public static InternalQueue Describe(QueueName queue, int retentionDays) => new(queue, QueueConfig.Standard with
    {
        Retention = TimeSpan.FromDays(retentionDays == 0 ? RetentionDaysMax : retentionDays),

        // What a topic or a bus took in, its archive takes.
        MessageBytesMax = int.MaxValue,
    });
}
