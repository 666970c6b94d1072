using Weir.Broker.Buses;
using Weir.Broker.Endpoints;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>
/// ARNs of buses, <c>arn:aws:events:region:account:event-bus/name</c>, and of rules: <c>...:rule/name</c> on the
/// default bus, <c>...:rule/bus/name</c> on others; of archives, <c>...:archive/name</c>, and of replays;
/// of connections and API destinations, <c>...:connection/name/id</c>, <c>...:api-destination/name/id</c>.
/// </summary>
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-manage-iam-access.html
internal static class EventArn
{
    private const string RulePrefix = "rule/";
    private const string ConnectionPrefix = "connection/";
    private const string ArchivePrefix = "archive/";
    private const string ReplayPrefix = "replay/";

    public static string Write(BusName bus) => BusArn.Write(bus);

    public static string Write(BusName bus, string rule) => bus.IsDefault
        ? $"arn:aws:events:{bus.Region}:{bus.Account}:{RulePrefix}{rule}"
        : $"arn:aws:events:{bus.Region}:{bus.Account}:{RulePrefix}{bus.Name}/{rule}";

    public static string WriteArchive(string account, string region, string archive) =>
        $"arn:aws:events:{region}:{account}:{ArchivePrefix}{archive}";

    public static string WriteReplay(string account, string region, string replay) =>
        $"arn:aws:events:{region}:{account}:{ReplayPrefix}{replay}";

    public static (string Account, string Region, string Archive)? ParseArchive(string arn) =>
        Parse(arn) is { } found && found.Resource.StartsWith(ArchivePrefix, StringComparison.Ordinal)
            && NameText.IsArchive(found.Resource[ArchivePrefix.Length..])
            ? (found.Account, found.Region, found.Resource[ArchivePrefix.Length..])
            : null;

    public static string WriteConnection(EndpointName name, Guid id) =>
        $"arn:aws:events:{name.Region}:{name.Account}:{ConnectionPrefix}{name.Name}/{id}";

    public static string WriteApiDestination(EndpointName name, Guid id) => ApiDestinationArn.Write(name, id);

    public static (EndpointName Name, Guid Id)? ParseConnection(string arn) => ParseEndpoint(arn, ConnectionPrefix);

    public static (EndpointName Name, Guid Id)? ParseApiDestination(string arn) => ApiDestinationArn.Parse(arn);

    public static BusName? ParseBus(string arn) => BusArn.Parse(arn);

    public static (BusName Bus, string Rule)? ParseRule(string arn)
    {
        if (Parse(arn) is not { } found || !found.Resource.StartsWith(RulePrefix, StringComparison.Ordinal))
            return null;
        var path = found.Resource[RulePrefix.Length..];
        var slash = path.LastIndexOf('/');
        var (bus, rule) = slash < 0 ? (BusName.Default, path) : (path[..slash], path[(slash + 1)..]);
        return NameText.IsBus(bus) && NameText.IsRule(rule)
            ? (new BusName(found.Account, found.Region, bus), rule)
            : null;
    }

    private static (EndpointName Name, Guid Id)? ParseEndpoint(string arn, string prefix)
    {
        if (Parse(arn) is not { } found || !found.Resource.StartsWith(prefix, StringComparison.Ordinal)) return null;
        var parts = found.Resource[prefix.Length..].Split('/');
        return parts.Length == 2 && NameText.IsRule(parts[0]) && Guid.TryParse(parts[1], out var id)
            ? (new EndpointName(found.Account, found.Region, parts[0]), id)
            : null;
    }

    private static Arn? Parse(string arn) => Arn.Parse(arn, "events");
}
