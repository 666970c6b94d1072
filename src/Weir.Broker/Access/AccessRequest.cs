using System.Collections.Frozen;
using System.Net;

namespace Weir.Broker.Access;

/// <summary>What somebody wants to do, with what conditions may ask about it.</summary>
public sealed record AccessRequest
{
    private static readonly FrozenDictionary<string, string> NoKeys = FrozenDictionary<string, string>.Empty;

    public required AccessCaller Caller { get; init; }

    /// <summary>For example <c>sqs:SendMessage</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The ARN of what it is done to; for an action on no single thing one that ends in <c>*</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>Whose the resource is: 12 digits.</summary>
    public required string Owner { get; init; }

    public DateTimeOffset Now { get; init; }

    /// <summary>Null: it came over no network.</summary>
    public IPAddress? SourceIp { get; init; }

    /// <summary>Whether it came over TLS; null: over no network.</summary>
    public bool? IsSecure { get; init; }

    /// <summary>What a service acts for.</summary>
    public string? SourceArn { get; init; }

    public string? SourceAccount { get; init; }

    /// <summary>Keys of single services, for example <c>sns:Protocol</c>, in the case that policies have them in.
    /// </summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = NoKeys;
}
