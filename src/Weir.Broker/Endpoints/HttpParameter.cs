namespace Weir.Broker.Endpoints;

/// <summary>Where in a request a parameter goes.</summary>
public enum HttpPart
{
    Header,
    Query,
    Body,
}

/// <summary>What a connection adds to each request: exactly one of value and secret is set.</summary>
public sealed record HttpParameter
{
    public HttpPart Part { get; init; }

    public required string Name { get; init; }

    public string? Value { get; init; }

    public SecretText? Secret { get; init; }
}
