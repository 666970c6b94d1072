using Weir.Broker.Endpoints;

namespace Weir.Protocols.Aws;

/// <summary>ARNs of API destinations: <c>arn:aws:events:region:account:api-destination/name/id</c>.</summary>
internal static class ApiDestinationArn
{
    private const string Prefix = "api-destination/";

    public static string Write(EndpointName name, Guid id) =>
        $"arn:aws:events:{name.Region}:{name.Account}:{Prefix}{name.Name}/{id}";

    public static (EndpointName Name, Guid Id)? Parse(string arn)
    {
        if (Arn.Parse(arn, "events") is not { } found || !found.Resource.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var parts = found.Resource[Prefix.Length..].Split('/');
        return parts.Length == 2 && parts[0].Length > 0 && Guid.TryParse(parts[1], out var id)
            ? (new EndpointName(found.Account, found.Region, parts[0]), id)
            : null;
    }
}
