using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>Queues, by the attributes of CreateQueue.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
internal sealed class QueueKind : TopologyKind
{
    private const string Service = "sqs";
    private const string FifoSuffix = ".fifo";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["VisibilityTimeout"] = "30", ["MaximumMessageSize"] = "1048576", ["MessageRetentionPeriod"] = "345600",
        ["DelaySeconds"] = "0", ["ReceiveMessageWaitTimeSeconds"] = "0", ["FifoQueue"] = "true",
        ["ContentBasedDeduplication"] = "false", ["DeduplicationScope"] = "queue",
        ["FifoThroughputLimit"] = "perQueue", ["KmsMasterKeyId"] = "", ["KmsDataKeyReusePeriodSeconds"] = "300",
        ["SqsManagedSseEnabled"] = "true", ["WeirMaxMessages"] = "", ["WeirMaxBytes"] = "",
        ["WeirOverflow"] = "Reject", ["WeirMessageTtl"] = "", ["WeirExpired"] = "Drop", ["WeirDeliveryRate"] = "",
        ["WeirDeliveryConcurrency"] = "", ["WeirDeliveryPaused"] = "false",
    };

    private static readonly string[] FifoOnly =
        ["FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"];

    public override string Name => "queue";

    public override string Section => "queues";

    public override IReadOnlyList<string> Fixed { get; } = ["FifoQueue"];

    public override Shape Shape { get; } = Shape.Struct(
    [
        .. Shape.All(Shape.Text, [.. Texts.Keys]),
        ("Policy", Shape.Document),
        ("RedrivePolicy", Shape.Struct(
        [
            .. Shape.Arn("deadLetterTargetArn", "deadLetter", ArnNames.Queue), ("maxReceiveCount", Shape.Number),
        ]) with
        {
            IsText = true, Required = ["deadLetterTargetArn", "maxReceiveCount"],
        }),
        ("RedriveAllowPolicy", Shape.Document),
        (TagCalls.Member, Shape.TextMap),
    ]);

    public override JsonObject DefaultsOf(TopologyItem item)
    {
        var isFifo = item.Name.EndsWith(FifoSuffix, StringComparison.Ordinal);
        var defaults = new JsonObject(Texts.Where(text => isFifo || !FifoOnly.Contains(text.Key))
            .Select(text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value)));
        // A queue that names a key is not encrypted by SQS itself.
        if (item.Members["KmsMasterKeyId"] is not null) defaults["SqsManagedSseEnabled"] = "false";
        foreach (var document in (string[])["Policy", "RedrivePolicy", "RedriveAllowPolicy"]) defaults[document] = "";
        defaults[TagCalls.Member] = new JsonObject();
        return defaults;
    }

    public override async ValueTask<IReadOnlyList<TopologyItem>> ReadAsync(
        TopologyRoad road, string account, TopologyItem? parent)
    {
        var items = new List<TopologyItem>();
        var urls = await road.ListAsync(
            account, Service, "ListQueues", "QueueUrls", new JsonObject { ["MaxResults"] = 1_000 });
        foreach (var url in urls.Select(url => url.ToString()))
        {
            var wire = await AttributesAsync(road, account, url);
            await TagCalls.Sqs.ReadAsync(road, account, url, wire);
            items.Add(Item(road, account, null, url[(url.LastIndexOf('/') + 1)..], wire) with
            {
                Handle = url, Messages = CountOf(wire),
            });
        }

        return items;
    }

    public override async ValueTask<JsonObject?> CreateAsync(TopologyRoad road, TopologyItem item)
    {
        var attributes = await WireAsync(road, item);
        var tags = attributes[TagCalls.Member]?.DeepClone() ?? new JsonObject();
        attributes.Remove(TagCalls.Member);
        if (item.Name.EndsWith(FifoSuffix, StringComparison.Ordinal)) attributes["FifoQueue"] = "true";
        await road.CallAsync(item.Account, Service, "CreateQueue", new JsonObject
        {
            ["QueueName"] = item.Name, ["Attributes"] = attributes, ["tags"] = tags,
        });
        return null;
    }

    public override async ValueTask UpdateAsync(TopologyRoad road, TopologyChange change)
    {
        var url = TopologyRoad.QueueUrl(change.Item.Account, change.Item.Name);
        await TagCalls.Sqs.UpdateAsync(road, change, url);
        var changed = change.Members.Select(member => member.Name).Where(name => name != TagCalls.Member).ToHashSet();
        if (changed.Count == 0) return;
        await road.CallAsync(change.Item.Account, Service, "SetQueueAttributes", new JsonObject
        {
            ["QueueUrl"] = url, ["Attributes"] = await WireAsync(road, change.Item, changed.Contains),
        });
    }

    public override async ValueTask DeleteAsync(TopologyRoad road, TopologyItem item)
    {
        // The plan has looked, but much may have been done since.
        var url = TopologyRoad.QueueUrl(item.Account, item.Name);
        if (!road.MayDropMessages) road.RefuseToDrop(item, CountOf(await AttributesAsync(road, item.Account, url)));
        await road.CallAsync(item.Account, Service, "DeleteQueue", new JsonObject { ["QueueUrl"] = url });
    }

    private static async ValueTask<JsonObject> AttributesAsync(TopologyRoad road, string account, string url)
    {
        var answer = await road.CallAsync(account, Service, "GetQueueAttributes", new JsonObject
        {
            ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("All"),
        });
        return answer["Attributes"] as JsonObject ?? [];
    }

    private static long CountOf(JsonObject attributes) => attributes.Where(IsCount).Sum(count => long.Parse(
        count.Value!.ToString(), System.Globalization.CultureInfo.InvariantCulture));

    private static bool IsCount(KeyValuePair<string, JsonNode?> attribute) =>
        attribute.Key.StartsWith("ApproximateNumberOfMessages", StringComparison.Ordinal);
}
