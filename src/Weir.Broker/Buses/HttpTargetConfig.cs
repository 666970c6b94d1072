using System.Collections.Immutable;
using Weir.Broker.Documents;
using Weir.Broker.Endpoints;
using Weir.Broker.Routing.Transforms;
using Weir.Engine;

namespace Weir.Broker.Buses;

/// <summary>What a rule's target adds to the requests of an API destination. A value that begins with <c>$.</c> is a
/// path into the event.</summary>
public sealed record HttpTargetConfig
{
    /// <summary>For the placeholders of the endpoint, in their order.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Headers { get; init; } = TextMap.Empty;

    public ImmutableSortedDictionary<string, string> Query { get; init; } = TextMap.Empty;

    /// <summary>What is wrong with a path into the event; null when nothing is.</summary>
    public Fault? Check()
    {
        foreach (var value in Path.Concat(Headers.Values).Concat(Query.Values))
        {
            if (DynamicParameter.Parse(value) is { IsOk: false } wrong) return wrong.Fault;
        }

        return null;
    }

    /// <summary>The parameters for one event, or why there are none.</summary>
    internal Outcome<CallParameters> Resolve(ReadOnlyMemory<byte> eventJson)
    {
        var path = new List<string>();
        foreach (var value in Path)
        {
            if (Resolve(value, eventJson) is not { } found) return LeadsNowhere(value);
            path.Add(found);
        }

        var (headers, query) = (Resolve(Headers, eventJson), Resolve(Query, eventJson));
        if (!headers.IsOk) return headers.Fault;
        if (!query.IsOk) return query.Fault;
        if (headers.Value.Any(header => !HeaderRules.AllowsValue(header.Value)))
            return BusFaults.Invalid("What the event has for a header cannot be in one.");
        return new CallParameters { Path = path, Headers = headers.Value, Query = query.Value };
    }

    private static Outcome<IReadOnlyList<KeyValuePair<string, string>>> Resolve(
        ImmutableSortedDictionary<string, string> values, ReadOnlyMemory<byte> eventJson)
    {
        var resolved = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in values)
        {
            if (Resolve(value, eventJson) is not { } found) return LeadsNowhere(value);
            resolved.Add(new(name, found));
        }

        return resolved;
    }

    private static string? Resolve(string value, ReadOnlyMemory<byte> eventJson) =>
        DynamicParameter.Parse(value).Value.Apply(eventJson.Span);

    private static Fault LeadsNowhere(string path) => BusFaults.Invalid($"{path} leads nowhere in the event.");
}
