using System.Text.Json.Serialization;

namespace Weir.Broker.Audit;

/// <summary>One change that somebody made: who, what, from where.</summary>
public sealed record AuditEntry
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Whose things were changed: twelve digits.</summary>
    public required string Account { get; init; }

    /// <summary>The ARN of who signed; without keys what the request said of itself.</summary>
    public required string Who { get; init; }

    /// <summary>Empty when the request named none.</summary>
    public string AccessKeyId { get; init; } = "";

    /// <summary>Service and operation: <c>sqs:CreateQueue</c>, <c>weir:CreateKey</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What was changed, as the request named it; empty when it named nothing.</summary>
    public string Resource { get; init; } = "";

    public string Region { get; init; } = "";

    /// <summary>The address that the request came from.</summary>
    public string From { get; init; } = "";

    /// <summary>Empty when the protocol gives requests none.</summary>
    public string RequestId { get; init; } = "";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJson : JsonSerializerContext;
