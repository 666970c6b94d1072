namespace Weir.Broker.Routing.Transforms;

/// <summary>What a rule's template may say beside the event.</summary>
public readonly record struct TransformContext(string RuleArn, string RuleName, DateTimeOffset IngestionTime);

/// <summary>What a pipe's template may say beside the event. An ARN that the pipe has not is empty.</summary>
public readonly record struct PipeContext(
    string PipeArn,
    string PipeName,
    string SourceArn,
    string EnrichmentArn,
    string TargetArn,
    DateTimeOffset IngestionTime);
