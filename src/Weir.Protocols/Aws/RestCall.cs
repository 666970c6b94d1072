using Microsoft.AspNetCore.Http;
using Weir.Protocols.Aws.SigV4;

namespace Weir.Protocols.Aws;

/// <summary>A request of REST-JSON: its operation, and what path and query string say beside the body.</summary>
internal sealed record RestCall(AwsTarget Target, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>
    /// The operation that method and path ask for; null when none does. Services that share a path are told apart by
    /// the service that the signature is for, and without one by the ARN in the path.
    /// </summary>
    public static RestCall? Find(HttpRequest request, IReadOnlyList<AwsTarget> routed)
    {
        var target = RequestTarget.Of(request);
        if (target.Path.Length < 2) return null;
        var segments = target.Path[1..].ToString().Split('/');
        RestCall? found = null;
        foreach (var candidate in routed)
        {
            if (candidate.Operation.Route!.Match(request.Method, segments) is not { } labels) continue;
            var call = new RestCall(candidate, labels);
            if (found is null || call.IsMeant(request)) found = call;
        }

        return found is null ? null : found with { Parameters = [.. found.Parameters, .. Query(target.Query)] };
    }

    public bool IsList(string parameter) => Target.Operation.Route!.QueryLists.Contains(parameter);

    private bool IsMeant(HttpRequest request)
    {
        var name = Target.Service.RestName;
        return request.Headers.Authorization is [{ } authorization]
            && CredentialScope.TryParse(AuthorizationHeader.FindCredential(authorization), out var scope)
            ? scope.Service.SequenceEqual(name)
            : Parameters.Any(label => label.Value.Contains($":{name}:", StringComparison.Ordinal));
    }

    private static List<KeyValuePair<string, string>> Query(ReadOnlySpan<char> query)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair[..equals];
            parameters.Add(new(Decoded(name), equals < 0 ? "" : Decoded(pair[(equals + 1)..])));
        }

        return parameters;
    }

    private static string Decoded(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text.ToString().Replace('+', ' '));
}
