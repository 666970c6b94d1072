namespace Weir.Broker.Endpoints;

/// <summary>How a connection proves who calls.</summary>
public enum AuthorizationKind
{
    /// <summary>User name and password: https://www.rfc-editor.org/rfc/rfc7617.</summary>
    Basic,

    /// <summary>A header of any name with a secret value.</summary>
    ApiKey,

    /// <summary>A token that is asked for with a client's credentials:
    /// https://www.rfc-editor.org/rfc/rfc6749#section-4.4.</summary>
    OAuth,
}

/// <summary>How endpoints are called: who calls, and what goes with each request. Immutable.</summary>
public sealed record ConnectionConfig
{
    /// <summary>Of each of headers, query and body. Amazon EventBridge's limit.</summary>
    public const int ParametersMax = 100;

    public required string Name { get; init; }

    /// <summary>Another one for each connection, also for one that is created anew under the name of another.</summary>
    public required Guid Id { get; init; }

    public string? Description { get; init; }

    public AuthorizationKind Kind { get; init; }

    /// <summary>User name, name of the header, or id of the client.</summary>
    public required string Principal { get; init; }

    /// <summary>Password, value of the header, or the client's secret; null once the connection was deauthorized.
    /// </summary>
    public SecretText? Secret { get; init; }

    /// <summary>Where a client's token is asked for; http or https.</summary>
    public string? TokenEndpoint { get; init; }

    /// <summary>GET, POST or PUT.</summary>
    public string? TokenMethod { get; init; }

    /// <summary>What goes with the request for a token.</summary>
    public IReadOnlyList<HttpParameter> TokenParameters { get; init; } = [];

    /// <summary>What goes with each request.</summary>
    public IReadOnlyList<HttpParameter> Parameters { get; init; } = [];

    public long CreatedUnixMs { get; init; }

    public long ModifiedUnixMs { get; init; }

    /// <summary>When the secret was last given.</summary>
    public long AuthorizedUnixMs { get; init; }

    public bool IsAuthorized => Secret is not null;
}
