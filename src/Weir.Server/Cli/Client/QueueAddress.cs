using System.Text.Json.Nodes;

namespace Weir.Server.Cli.Client;

/// <summary>Finds a queue by what a user calls it: a name, or the URL that the server gave.</summary>
internal static class QueueAddress
{
    public static async Task<string> FindUrlAsync(this SqsClient client, string queue, CancellationToken cancelled)
    {
        if (queue.Contains("://", StringComparison.Ordinal)) return queue;
        var answer = await client.CallAsync("GetQueueUrl", new JsonObject { ["QueueName"] = queue }, cancelled);
        return answer["QueueUrl"]!.ToString();
    }

    public static async Task<JsonObject> ReadAttributesAsync(
        this SqsClient client, string url, CancellationToken cancelled)
    {
        var input = new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("All") };
        var answer = await client.CallAsync("GetQueueAttributes", input, cancelled);
        return answer["Attributes"] as JsonObject ?? [];
    }

    public static async Task<string> FindArnAsync(this SqsClient client, string queue, CancellationToken cancelled)
    {
        if (queue.StartsWith("arn:", StringComparison.Ordinal)) return queue;
        var attributes = await client.ReadAttributesAsync(await client.FindUrlAsync(queue, cancelled), cancelled);
        return attributes["QueueArn"]!.ToString();
    }
}
