using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>Subscriptions of a topic: each is one queue, or one protocol and endpoint.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
internal sealed class SubscriptionKind(TopicKind topics) : TopologyKind
{
    private const string Service = "sns";
    private const string Pending = "PendingConfirmation";

    public override string Name => "subscription";

    public override string Section => "subscriptions";

    public override TopologyKind Parent => topics;

    public override IReadOnlyList<string> NameMembers { get; } = [ArnNames.Queue, "Protocol", "Endpoint"];

    public override Shape Shape { get; } = Shape.Struct(
    [
        .. Shape.All(Shape.Text, "RawMessageDelivery", "FilterPolicyScope"),
        .. Shape.All(Shape.Document, "FilterPolicy", "DeliveryPolicy", "ReplayPolicy"),
        ("RedrivePolicy", Shape.Struct(Shape.Arn("deadLetterTargetArn", "deadLetter", ArnNames.Queue)) with
        {
            IsText = true, Required = ["deadLetterTargetArn"],
        }),
    ]);

    public override JsonObject DefaultsOf(TopologyItem item) => new()
    {
        ["RawMessageDelivery"] = "false", ["FilterPolicyScope"] = "MessageAttributes", ["FilterPolicy"] = "",
        ["DeliveryPolicy"] = "", ["ReplayPolicy"] = "", ["RedrivePolicy"] = "",
    };

    public override string? NameOf(IReadOnlyDictionary<string, string> named)
    {
        if (named.TryGetValue(ArnNames.Queue, out var queue)) return named.Count == 1 ? $"sqs:{queue}" : null;
        return named.TryGetValue("Protocol", out var protocol) && named.TryGetValue("Endpoint", out var endpoint)
            ? $"{protocol}:{endpoint}"
            : null;
    }

    public override JsonObject Named(TopologyItem item)
    {
        var (protocol, endpoint) = Split(item.Name);
        return protocol == "sqs" && !endpoint.StartsWith("arn:", StringComparison.Ordinal)
            ? new JsonObject { [ArnNames.Queue] = endpoint }
            : new JsonObject { ["Protocol"] = protocol, ["Endpoint"] = endpoint };
    }

    public override TopologyItem? Match(TopologyItem wanted, IEnumerable<TopologyItem> present)
    {
        // Who writes the ARN of a queue of his own means the same as who writes its name.
        var (protocol, endpoint) = Split(wanted.Name);
        var name = protocol == "sqs" && endpoint.Split(':') is { Length: 6 } arn && arn[4] == wanted.Account
            ? $"sqs:{arn[5]}"
            : wanted.Name;
        return base.Match(wanted with { Name = name }, present) ?? base.Match(wanted, present);
    }

    public override async ValueTask<IReadOnlyList<TopologyItem>> ReadAsync(
        TopologyRoad road, string account, TopologyItem? parent)
    {
        var items = new List<TopologyItem>();
        var listed = await road.ListAsync(
            account, Service, "ListSubscriptionsByTopic", "Subscriptions",
            new JsonObject { ["TopicArn"] = parent!.Handle });
        foreach (var subscription in listed)
        {
            var (arn, endpoint) = (subscription["SubscriptionArn"]!.ToString(), subscription["Endpoint"]!.ToString());
            var shortened = ArnNames.Parse(endpoint, account, road.Region) is { What: ArnNames.Queue } queue
                ? queue.Name
                : endpoint;
            var isPending = arn == Pending;
            var answer = isPending ? [] : await road.CallAsync(
                account, Service, "GetSubscriptionAttributes", new JsonObject { ["SubscriptionArn"] = arn });
            items.Add(Item(
                road, account, parent, $"{subscription["Protocol"]}:{shortened}",
                answer["Attributes"] as JsonObject ?? []) with
            {
                Handle = arn, IsOpaque = isPending,
            });
        }

        return items;
    }

    public override async ValueTask<JsonObject?> CreateAsync(TopologyRoad road, TopologyItem item)
    {
        var (protocol, endpoint) = Split(item.Name);
        if (protocol == "sqs" && !endpoint.StartsWith("arn:", StringComparison.Ordinal))
            endpoint = ArnNames.Write(ArnNames.Queue, item.Account, road.Region, endpoint);
        await road.CallAsync(item.Account, Service, "Subscribe", new JsonObject
        {
            ["TopicArn"] = TopicArn(road, item), ["Protocol"] = protocol, ["Endpoint"] = endpoint,
            ["Attributes"] = await WireAsync(road, item),
        });
        return null;
    }

    public override async ValueTask UpdateAsync(TopologyRoad road, TopologyChange change)
    {
        var wire = await WireAsync(road, change.Item);
        foreach (var member in change.Members)
        {
            await road.CallAsync(change.Item.Account, Service, "SetSubscriptionAttributes", new JsonObject
            {
                ["SubscriptionArn"] = change.Present!.Handle, ["AttributeName"] = member.Name,
                ["AttributeValue"] = wire[member.Name]?.DeepClone(),
            });
        }
    }

    public override async ValueTask DeleteAsync(TopologyRoad road, TopologyItem item) => await road.CallAsync(
        item.Account, Service, "Unsubscribe", new JsonObject { ["SubscriptionArn"] = item.Handle });

    /// <summary>What waits to be confirmed has no ARN to delete it by, and goes by itself or with its topic.</summary>
    public override bool IsPruned(TopologyItem item, bool hasSection, TopologyRoad road) => !item.IsOpaque;

    private static string TopicArn(TopologyRoad road, TopologyItem item) =>
        ArnNames.Write(ArnNames.Topic, item.Account, road.Region, item.Parent!.Name);

    private static (string Protocol, string Endpoint) Split(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return (name[..colon], name[(colon + 1)..]);
    }
}
