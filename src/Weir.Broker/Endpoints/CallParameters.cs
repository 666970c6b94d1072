namespace Weir.Broker.Endpoints;

/// <summary>What a caller adds to a request to an API destination. The connection's own win over these.</summary>
public sealed record CallParameters
{
    public static CallParameters None { get; } = new();

    /// <summary>For the placeholders of the endpoint, in their order.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];
}
