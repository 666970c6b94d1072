namespace Weir.Engine;

/// <summary>Limits of the engine. The defaults are those of Amazon SQS where it names one.</summary>
public sealed record EngineOptions
{
    /// <summary>
    /// Messages leased at once per queue: beyond it a standard queue refuses, a FIFO queue gives none.
    /// </summary>
    public int InFlightMax { get; init; } = 120_000;

    /// <summary>How long a deleted queue's name stays unusable. SQS asks 60 s; Weir asks nothing by default.</summary>
    public TimeSpan NameReuseDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Time between two purges of one queue.</summary>
    public TimeSpan PurgeInterval { get; init; } = TimeSpan.FromSeconds(60);
}
