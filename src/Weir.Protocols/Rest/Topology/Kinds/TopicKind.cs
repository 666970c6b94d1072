using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>Topics, by the attributes of CreateTopic.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
internal sealed class TopicKind : TopologyKind
{
    private const string Service = "sns";
    private const string FifoSuffix = ".fifo";
    private const string DefaultPolicy = "__default_policy_ID";

    private static readonly string[] Senders = ["HTTP", "SQS", "Lambda", "Firehose", "Application"];

    public override string Name => "topic";

    public override string Section => "topics";

    public override IReadOnlyList<string> Fixed { get; } = ["FifoTopic"];

    public override Shape Shape { get; } = Shape.Struct(
    [
        .. Shape.All(Shape.Text, "DisplayName", "SignatureVersion", "MaximumMessageSize", "FifoTopic",
            "ContentBasedDeduplication", "FifoThroughputScope", "KmsMasterKeyId", "TracingConfig"),
        .. Senders.SelectMany(sender => Shape.All(Shape.Text, $"{sender}SuccessFeedbackRoleArn",
            $"{sender}SuccessFeedbackSampleRate", $"{sender}FailureFeedbackRoleArn")),
        .. Shape.All(Shape.Document, "Policy", "DeliveryPolicy", "ArchivePolicy"),
        (TagCalls.Member, Shape.TextMap),
    ]);

    public override JsonObject DefaultsOf(TopologyItem item)
    {
        var defaults = new JsonObject
        {
            ["SignatureVersion"] = "1", ["MaximumMessageSize"] = "262144", [TagCalls.Member] = new JsonObject(),
        };
        foreach (var name in Shape.Members.Keys.Where(name => !defaults.ContainsKey(name))) defaults[name] = "";
        if (!item.Name.EndsWith(FifoSuffix, StringComparison.Ordinal))
        {
            foreach (var name in (string[])["FifoTopic", "ContentBasedDeduplication", "FifoThroughputScope"])
                defaults.Remove(name);
            return defaults;
        }

        defaults["FifoTopic"] = "true";
        defaults["ContentBasedDeduplication"] = "false";
        defaults["FifoThroughputScope"] = "Topic";
        return defaults;
    }

    public override async ValueTask<IReadOnlyList<TopologyItem>> ReadAsync(
        TopologyRoad road, string account, TopologyItem? parent)
    {
        var items = new List<TopologyItem>();
        foreach (var topic in await road.ListAsync(account, Service, "ListTopics", "Topics", []))
        {
            var arn = topic["TopicArn"]!.ToString();
            var answer = await road.CallAsync(
                account, Service, "GetTopicAttributes", new JsonObject { ["TopicArn"] = arn });
            var wire = answer["Attributes"] as JsonObject ?? [];
            if (wire["Policy"]?.ToString().Contains(DefaultPolicy, StringComparison.Ordinal) == true)
                wire.Remove("Policy");
            await TagCalls.Sns.ReadAsync(road, account, arn, wire);
            items.Add(Item(road, account, null, arn[(arn.LastIndexOf(':') + 1)..], wire) with { Handle = arn });
        }

        return items;
    }

    public override async ValueTask<JsonObject?> CreateAsync(TopologyRoad road, TopologyItem item)
    {
        var attributes = await WireAsync(road, item);
        var tags = attributes[TagCalls.Member]?.DeepClone() ?? new JsonObject();
        attributes.Remove(TagCalls.Member);
        await road.CallAsync(item.Account, Service, "CreateTopic", new JsonObject
        {
            [nameof(Name)] = item.Name, ["Attributes"] = attributes, ["Tags"] = tags,
        });
        return null;
    }

    public override async ValueTask UpdateAsync(TopologyRoad road, TopologyChange change)
    {
        var arn = change.Present!.Handle;
        await TagCalls.Sns.UpdateAsync(road, change, arn);
        var wire = await WireAsync(road, change.Item);
        foreach (var member in change.Members.Where(member => member.Name != TagCalls.Member))
        {
            await road.CallAsync(change.Item.Account, Service, "SetTopicAttributes", new JsonObject
            {
                ["TopicArn"] = arn, ["AttributeName"] = member.Name,
                ["AttributeValue"] = wire[member.Name]?.DeepClone(),
            });
        }
    }

    public override async ValueTask DeleteAsync(TopologyRoad road, TopologyItem item) => await road.CallAsync(
        item.Account, Service, "DeleteTopic", new JsonObject { ["TopicArn"] = item.Handle });
}
