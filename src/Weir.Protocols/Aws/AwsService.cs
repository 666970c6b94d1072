using System.Collections.Frozen;
using Weir.Protocols.Aws.Access;

namespace Weir.Protocols.Aws;

/// <summary>How one Amazon service is recognised on the wire, and its operations.</summary>
internal sealed record AwsService
{
    /// <summary>What stands before the colon in the actions of policies: <c>sqs</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary>The code and status of a request that comes too early, which SDKs send again.</summary>
    public required (string Code, int Status) Throttled { get; init; }

    /// <summary>What stands before the dot of <c>X-Amz-Target</c>; null where there is no JSON protocol.</summary>
    public string? TargetPrefix { get; init; }

    /// <summary>The version of AWS JSON that its answers are in.</summary>
    public string JsonVersion { get; init; } = "1.0";

    /// <summary>
    /// What signatures and ARNs call a service that speaks REST-JSON, whose operations have routes; null for others.
    /// </summary>
    public string? RestName { get; init; }

    /// <summary>The <c>Version</c> of its Query protocol; a date. Null for a service without that protocol.</summary>
    public string? QueryVersion { get; init; }

    /// <summary>What its error shapes are qualified with in JSON.</summary>
    public required string ShapeNamespace { get; init; }

    public string XmlNamespace { get; init; } = "";

    /// <summary>What a request acts on, for policies.</summary>
    public required Func<AwsCall, AwsOperation, AwsResource> ResourceOf { get; init; }

    /// <summary>Its error for what policies do not allow, with the sentence that says what.</summary>
    public required Func<string, AwsError> Denied { get; init; }

    public required FrozenDictionary<string, AwsOperation> Operations { get; init; }
}
