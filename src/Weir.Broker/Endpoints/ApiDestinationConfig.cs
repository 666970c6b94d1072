namespace Weir.Broker.Endpoints;

/// <summary>An endpoint of others that is called over HTTP. Immutable.</summary>
public sealed record ApiDestinationConfig
{
    /// <summary>Amazon EventBridge's default.</summary>
    public const int RateDefault = 300;

    public required string Name { get; init; }

    /// <summary>Another one for each destination, also for one that is created anew under the name of another.
    /// </summary>
    public required Guid Id { get; init; }

    public string? Description { get; init; }

    /// <summary>In the same account and region.</summary>
    public required string Connection { get; init; }

    public required Guid ConnectionId { get; init; }

    /// <summary>GET, HEAD, OPTIONS, POST, PUT, PATCH or DELETE.</summary>
    public required string Method { get; init; }

    /// <summary>http or https; each <c>*</c> in it stands for a value that the caller gives.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Calls that all targets together make, at least 1.</summary>
    public int RatePerSecond { get; init; }

    public long CreatedUnixMs { get; init; }

    public long ModifiedUnixMs { get; init; }

    public int PlaceholderCount => Endpoint.Count(static each => each == Placeholder);

    internal const char Placeholder = '*';
}
