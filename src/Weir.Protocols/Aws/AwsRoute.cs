namespace Weir.Protocols.Aws;

/// <summary>
/// How REST-JSON asks for an operation: a method, and a path whose segments are literal or, in braces, members of the
/// input, as <c>/v1/pipes/{Name}</c>. The query string has further members.
/// </summary>
// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
internal sealed class AwsRoute
{
    private readonly string _method;
    private readonly string[] _segments;

    public AwsRoute(string method, string path) => (_method, _segments) = (method, path[1..].Split('/'));

    /// <summary>Members in the query string that are lists, each element under the name once.</summary>
    public IReadOnlyList<string> QueryLists { get; init; } = [];

    /// <summary>The members that the path holds; null when the request is for something else.</summary>
    /// <param name="segments">Of the path as it stood on the wire.</param>
    public IReadOnlyList<KeyValuePair<string, string>>? Match(string method, string[] segments)
    {
        if (method != _method || segments.Length != _segments.Length) return null;
        List<KeyValuePair<string, string>>? labels = null;
        for (var i = 0; i < segments.Length; i++)
        {
            if (_segments[i][0] != '{')
            {
                if (segments[i] != _segments[i]) return null;
                continue;
            }

            if (segments[i].Length == 0) return null;
            (labels ??= []).Add(new(_segments[i][1..^1], Uri.UnescapeDataString(segments[i])));
        }

        return labels ?? [];
    }
}
