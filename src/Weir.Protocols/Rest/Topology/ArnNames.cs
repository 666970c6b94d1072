using System.Text.Json.Nodes;
using Weir.Protocols.Aws;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology;

/// <summary>The names that stand in files for ARNs of the same account and region.</summary>
internal static class ArnNames
{
    public const string Queue = "queue";
    public const string Topic = "topic";
    public const string Bus = "bus";
    public const string ApiDestination = "apiDestination";
    public const string Connection = "connection";

    private const string BusPrefix = "event-bus/";
    private const string DestinationPrefix = "api-destination/";
    private const string ConnectionPrefix = "connection/";

    public static readonly string[] Targets = [Queue, Topic, Bus, ApiDestination];

    public static string Write(string what, string account, string region, string name) => what switch
    {
        Queue => $"arn:aws:sqs:{region}:{account}:{name}",
        Topic => $"arn:aws:sns:{region}:{account}:{name}",
        _ => $"arn:aws:events:{region}:{account}:{BusPrefix}{name}",
    };

    /// <summary>What an ARN of this account and region names; null for those of others.</summary>
    public static (string What, string Name)? Parse(string arn, string account, string region)
    {
        var service = Arn.ServiceOf(arn);
        if (Arn.Parse(arn, service) is not { } found || (found.Account, found.Region) != (account, region)) return null;
        var resource = found.Resource;
        return service switch
        {
            "sqs" => (Queue, resource),
            "sns" when !resource.Contains(':', StringComparison.Ordinal) => (Topic, resource),
            "events" when resource.StartsWith(BusPrefix, StringComparison.Ordinal) =>
                (Bus, resource[BusPrefix.Length..]),
            "events" when resource.StartsWith(DestinationPrefix, StringComparison.Ordinal) =>
                (ApiDestination, resource.Split('/')[1]),
            "events" when resource.StartsWith(ConnectionPrefix, StringComparison.Ordinal) =>
                (Connection, resource.Split('/')[1]),
            _ => null,
        };
    }

    /// <summary>Puts names in the place of ARNs, so that both ways to say it are the same.</summary>
    public static JsonObject Shorten(Shape shape, JsonObject members, string account, string region)
    {
        var shortened = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (shape.Members.GetValueOrDefault(name) is { Kind: ShapeKind.Struct } inner && value is JsonObject map)
            {
                shortened[name] = Shorten(inner, map, account, region);
                continue;
            }

            var named = value is JsonValue && Parse(value.ToString(), account, region) is { } found
                ? (Member: shape.Members.FirstOrDefault(member => member.Value.Kind == ShapeKind.Name
                    && member.Value.Names == (found.What, name)).Key, found.Name)
                : (null, "");
            if (named.Member is null) shortened[name] = value?.DeepClone();
            else shortened[named.Member] = named.Name;
        }

        return shortened;
    }
}
