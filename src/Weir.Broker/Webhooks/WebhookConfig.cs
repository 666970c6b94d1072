using Weir.Broker.Delivery;
using Weir.Engine;

namespace Weir.Broker.Webhooks;

/// <summary>
/// A queue whose messages are pushed to an endpoint, each signed as a Standard Webhook. Immutable; a change replaces it
/// whole.
/// </summary>
public sealed record WebhookConfig
{
    public const int RetriesDefault = 50;
    public const int RetriesMax = 185;
    public const int AgeSecondsDefault = 86_400;
    public const int AgeSecondsMin = 60;
    public const int AgeSecondsMax = 1_209_600;
    public const int ConcurrencyDefault = 10;
    public const int ConcurrencyMaxMax = 100;
    public const int TimeoutSecondsDefault = 15;
    public const int TimeoutSecondsMax = 60;
    public const int UrlLengthMax = 2_048;

    /// <summary>One, and while one is being replaced the one before.</summary>
    public const int SecretsMax = 2;

    /// <summary>Its messages are pushed. Others may receive from it too; who is first gets a message.</summary>
    public required QueueName Queue { get; init; }

    /// <summary>http or https.</summary>
    public required string Url { get; init; }

    /// <summary>What signs, the newest first, each as the secret box wrote it.</summary>
    public required IReadOnlyList<string> SealedSecrets { get; init; }

    /// <summary>Nothing is pushed; messages wait in the queue.</summary>
    public bool IsPaused { get; init; }

    /// <summary>0 to <see cref="RetriesMax"/>: after the first try, exponentially later, up to ten minutes apart.
    /// </summary>
    public int Retries { get; init; } = RetriesDefault;

    /// <summary>From the message's sending on; past it there is no try.</summary>
    public int AgeMaxSeconds { get; init; } = AgeSecondsDefault;

    /// <summary>1 to <see cref="ConcurrencyMaxMax"/> calls at once. A FIFO queue's groups are kept in order.</summary>
    public int Concurrency { get; init; } = ConcurrencyDefault;

    /// <summary>1 to <see cref="TimeoutSecondsMax"/>, for a whole try.</summary>
    public int TimeoutSeconds { get; init; } = TimeoutSecondsDefault;

    /// <summary>Null: as fast as the endpoint answers.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>Where messages go that are given up, of the kind of the queue. Null: the log tells of each.</summary>
    public QueueName? DeadLetterQueue { get; init; }

    public long CreatedUnixMs { get; init; }

    public long ModifiedUnixMs { get; init; }

    /// <summary>
    /// Any answer but 2xx is worth another try, as the specification asks, but for 410: that endpoint is gone for good.
    /// </summary>
    internal RetryPolicy Retry => RetryPolicy.EventBridge(Retries, TimeSpan.FromSeconds(AgeMaxSeconds)) with
    {
        RetriesStatus = static status => status != 410,
    };
}
