using System.Text.Json.Nodes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>How a service reads and changes tags.</summary>
internal sealed record TagCalls(string Service, string Resource)
{
    public const string Member = "Tags";

    private string List { get; init; } = "ListTagsForResource";

    private string Add { get; init; } = "TagResource";

    private string Remove { get; init; } = "UntagResource";

    private string Tags { get; init; } = Member;

    private string Keys { get; init; } = "TagKeys";

    /// <summary>In requests a list of keys and values, not a map.</summary>
    private bool IsList { get; init; }

    public static TagCalls Sqs { get; } = new("sqs", "QueueUrl")
    {
        List = "ListQueueTags", Add = "TagQueue", Remove = "UntagQueue",
    };

    public static TagCalls Sns { get; } = new("sns", "ResourceArn");

    public static TagCalls Events { get; } = new("events", "ResourceARN") { IsList = true };

    public static TagCalls Pipes { get; } = new("pipes", "resourceArn") { Tags = "tags", Keys = "tagKeys" };

    public static TagCalls Scheduler { get; } = new("scheduler", "ResourceArn") { IsList = true };

    /// <summary>Adds the tags that something has to what was read of it.</summary>
    public async ValueTask ReadAsync(TopologyRoad road, string account, string resource, JsonObject wire)
    {
        var answer = await road.CallAsync(account, Service, List, new JsonObject { [Resource] = resource });
        var tags = answer[Tags] switch
        {
            JsonArray list => new JsonObject(list.Select(tag => KeyValuePair.Create(
                tag!["Key"]!.ToString(), tag["Value"]?.DeepClone()))),
            JsonObject map => (JsonObject)map.DeepClone(),
            _ => [],
        };
        if (tags.Count > 0) wire[Member] = tags;
        else wire.Remove(Member);
    }

    /// <summary>Makes the tags what the change says, if it says anything of them.</summary>
    public async ValueTask UpdateAsync(TopologyRoad road, TopologyChange change, string resource)
    {
        if (change.Members.FirstOrDefault(member => member.Name == Member) is not { } tags) return;
        var account = change.Item.Account;
        var (old, wanted) = (tags.Old as JsonObject ?? [], tags.New as JsonObject ?? []);
        var gone = old.Where(tag => !wanted.ContainsKey(tag.Key)).Select(tag => JsonValue.Create(tag.Key)).ToArray();
        if (gone.Length > 0)
        {
            await road.CallAsync(account, Service, Remove, new JsonObject
            {
                [Resource] = resource, [Keys] = new JsonArray([.. gone]),
            });
        }

        if (wanted.Count == 0) return;
        await road.CallAsync(
            account, Service, Add, new JsonObject { [Resource] = resource, [Tags] = Write(wanted) });
    }

    public JsonNode Write(JsonObject tags) => IsList
        ? new JsonArray([.. tags.Select(tag => (JsonNode)new JsonObject
        {
            ["Key"] = tag.Key, ["Value"] = tag.Value!.DeepClone(),
        })])
        : tags.DeepClone();
}
