using System.Collections.Immutable;
using Weir.Broker.Documents;
using Weir.Broker.Endpoints;
using Weir.Broker.Topics;
using Weir.Engine;

namespace Weir.Broker.Buses;

/// <summary>
/// Where a rule sends events, and in which form. Exactly one of queue, topic, bus and API destination is set, but that
/// an API destination has a queue of the rule's, too; and at most one of the three inputs is: without any, the target
/// gets the event as it is.
/// </summary>
public sealed record TargetConfig
{
    /// <summary>1 to 64 of <c>A-Z a-z 0-9 . - _</c>.</summary>
    public required string Id { get; init; }

    /// <summary>As it was put; dead letters carry it.</summary>
    public required string Arn { get; init; }

    public QueueName? Queue { get; init; }

    public TopicName? Topic { get; init; }

    public BusName? Bus { get; init; }

    /// <summary>What is called; events wait for it in <see cref="Queue"/>.</summary>
    public EndpointName? ApiDestination { get; init; }

    /// <summary>For an API destination.</summary>
    public HttpTargetConfig? Http { get; init; }

    /// <summary>A FIFO queue's messages go into this group.</summary>
    public string? GroupId { get; init; }

    /// <summary>JSON that the target gets in the event's place.</summary>
    public string? Input { get; init; }

    /// <summary>The part of the event that the target gets.</summary>
    public string? InputPath { get; init; }

    public TransformerConfig? Transformer { get; init; }

    /// <summary>Where events go that could not be delivered; a standard queue.</summary>
    public QueueName? DeadLetterQueue { get; init; }

    /// <summary>0 to 185, for an API destination. Of others kept and answered: a delivery within the commit is never
    /// tried again.</summary>
    public int? RetryAttemptsMax { get; init; }

    /// <summary>60 to 86,400 s. Kept and answered, as the attempts are.</summary>
    public int? RetryAgeMaxSeconds { get; init; }

    /// <summary>Kept and answered: Weir has no roles.</summary>
    public string? RoleArn { get; init; }

    /// <summary>What is wrong with the input path or the transformer; null when nothing is.</summary>
    public Fault? CheckInput() => TargetInput.Check(this);
}

/// <summary>Named paths into the event, and a template that uses them.</summary>
public sealed record TransformerConfig
{
    public ImmutableSortedDictionary<string, string> Paths { get; init; } = TextMap.Empty;

    public required string Template { get; init; }
}
