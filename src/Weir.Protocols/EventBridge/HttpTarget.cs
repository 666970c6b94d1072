using System.Collections.Immutable;
using Weir.Broker.Buses;
using Weir.Broker.Endpoints;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>Reads and writes what a target adds to the requests of an API destination.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_HttpParameters.html
internal static class HttpTarget
{
    private const int ValueLengthMax = 512;

    /// <summary>Of each kind. Weir's own limit.</summary>
    private const int ValuesMax = 100;

    /// <summary>Null when there are none; what is no text is noted in the call.</summary>
    public static HttpTargetConfig? Read(InputValue input)
    {
        if (input.IsAbsent) return null;
        var path = new List<string>();
        foreach (var item in input[EndpointMembers.PathParameterValues].Items())
        {
            if (item.Text() is { } value) path.Add(value);
        }

        return new HttpTargetConfig
        {
            Path = path,
            Headers = ReadMap(input[EndpointMembers.HeaderParameters], EndpointMembers.HeaderParameters),
            Query = ReadMap(input[EndpointMembers.QueryStringParameters], EndpointMembers.QueryStringParameters),
        };
    }

    public static AwsError? Check(HttpTargetConfig http)
    {
        if (http.Path.Count > ValuesMax || http.Headers.Count > ValuesMax || http.Query.Count > ValuesMax)
            return EventErrors.Invalid($"HttpParameters has more than {ValuesMax} values of a kind.");
        if (http.Path.Concat(http.Headers.Values).Concat(http.Query.Values).Any(value => value.Length > ValueLengthMax))
            return EventErrors.Invalid($"A value of HttpParameters is longer than {ValueLengthMax} characters.");
        foreach (var (name, value) in http.Headers)
        {
            if (!HeaderRules.Allows(name) || !HeaderRules.AllowsValue(value))
                return EventErrors.Invalid($"The header {name} may not be set, or not to that value.");
        }

        return http.Check() is { } fault ? EventErrors.From(fault) : null;
    }

    public static void Write(AnswerWriter answer, HttpTargetConfig http)
    {
        answer.BeginMap(EndpointMembers.HttpParameters);
        answer.BeginList(EndpointMembers.PathParameterValues);
        foreach (var value in http.Path) answer.Item(value);
        answer.EndList();
        Write(answer, EndpointMembers.HeaderParameters, http.Headers);
        Write(answer, EndpointMembers.QueryStringParameters, http.Query);
        answer.EndMap();
    }

    private static void Write(AnswerWriter answer, Member member, ImmutableSortedDictionary<string, string> values)
    {
        answer.BeginMap(member);
        foreach (var (name, value) in values) answer.Entry(name, value);
        answer.EndMap();
    }

    private static ImmutableSortedDictionary<string, string> ReadMap(InputValue input, Member member)
    {
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in input.Entries(member))
        {
            if (entry.Text() is { } value) map[entry.Name] = value;
        }

        return map.ToImmutable();
    }
}
