namespace Weir.Protocols.Aws;

/// <summary>An error in the terms of an Amazon service, which each wire protocol writes in its own form.</summary>
/// <param name="Shape">Its name in the service's model: what the JSON protocols carry as <c>__type</c>.</param>
/// <param name="QueryCode">Its older name: the Query protocol's <c>Code</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">What is wrong and, where Weir knows, what to do.</param>
public sealed record AwsError(string Shape, string QueryCode, int Status, string Message)
{
    /// <summary>When the same request may succeed, in seconds; null: nobody knows.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Whose fault it is decides whether an SDK tries again.</summary>
    public bool IsSenders => Status < 500;
}
