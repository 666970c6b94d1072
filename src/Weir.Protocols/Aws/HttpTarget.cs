using System.Collections.Immutable;
using Weir.Broker.Buses;
using Weir.Broker.Endpoints;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Aws;

/// <summary>Reads and writes what a target adds to the requests of an API destination.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_HttpParameters.html
internal static class HttpTarget
{
    public static readonly Member Member = new("HttpParameters");

    private static readonly Member PathParameterValues = new("PathParameterValues");
    private static readonly Member HeaderParameters = new("HeaderParameters");
    private static readonly Member QueryStringParameters = new("QueryStringParameters");

    private const int ValueLengthMax = 512;

    /// <summary>Of each kind. Weir's own limit.</summary>
    private const int ValuesMax = 100;

    /// <summary>Null when there are none; what is no text is noted in the call.</summary>
    public static HttpTargetConfig? Read(InputValue input)
    {
        if (input.IsAbsent) return null;
        var path = new List<string>();
        foreach (var item in input[PathParameterValues].Items())
        {
            if (item.Text() is { } value) path.Add(value);
        }

        return new HttpTargetConfig
        {
            Path = path,
            Headers = ReadMap(input[HeaderParameters], HeaderParameters),
            Query = ReadMap(input[QueryStringParameters], QueryStringParameters),
        };
    }

    /// <summary>What is wrong, as a sentence; null when nothing is.</summary>
    public static string? Check(HttpTargetConfig http)
    {
        if (http.Path.Count > ValuesMax || http.Headers.Count > ValuesMax || http.Query.Count > ValuesMax)
            return $"HttpParameters has more than {ValuesMax} values of a kind.";
        if (http.Path.Concat(http.Headers.Values).Concat(http.Query.Values).Any(value => value.Length > ValueLengthMax))
            return $"A value of HttpParameters is longer than {ValueLengthMax} characters.";
        foreach (var (name, value) in http.Headers)
        {
            if (!HeaderRules.Allows(name) || !HeaderRules.AllowsValue(value))
                return $"The header {name} may not be set, or not to that value.";
        }

        return http.Check()?.Message;
    }

    public static void Write(AnswerWriter answer, HttpTargetConfig http)
    {
        answer.BeginMap(Member);
        answer.BeginList(PathParameterValues);
        foreach (var value in http.Path) answer.Item(value);
        answer.EndList();
        Write(answer, HeaderParameters, http.Headers);
        Write(answer, QueryStringParameters, http.Query);
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
