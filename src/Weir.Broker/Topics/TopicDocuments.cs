using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Broker.Documents;
using Weir.Engine.Definitions;

namespace Weir.Broker.Topics;

/// <summary>
/// A topic's definitions on disk, as JSON: the topic under an empty name, each subscription under its queue. Members
/// that a later version adds have a default, so older documents stay readable.
/// </summary>
internal static class TopicDocuments
{
    /// <summary>The topic's own definition.</summary>
    public const string TopicItem = "";

    public static ReadOnlyMemory<byte> Write(TopicConfig topic) =>
        JsonSerializer.SerializeToUtf8Bytes(topic, TopicJson.Default.TopicConfig);

    public static ReadOnlyMemory<byte> Write(SubscriptionConfig subscription) =>
        JsonSerializer.SerializeToUtf8Bytes(subscription, TopicJson.Default.SubscriptionConfig);

    // The generated reader gives a member that a document lacks the default of its type, not that of the record.
    public static TopicConfig ReadTopic(ReadOnlySpan<byte> document)
    {
        var read = JsonSerializer.Deserialize(document, TopicJson.Default.TopicConfig)!;
        return read with
        {
            MessageBytesMax = read.MessageBytesMax == 0 ? TopicConfig.MessageBytesMaxDefault : read.MessageBytesMax,
            SignatureVersion = read.SignatureVersion == 0 ? 1 : read.SignatureVersion,
            Opaque = read.Opaque ?? TextMap.Empty,
            Tags = read.Tags ?? TextMap.Empty,
        };
    }

    public static SubscriptionConfig ReadSubscription(ReadOnlySpan<byte> document)
    {
        var read = JsonSerializer.Deserialize(document, TopicJson.Default.SubscriptionConfig)!;
        return read with { Opaque = read.Opaque ?? TextMap.Empty };
    }

    public static TopicConfig Topic(DefinitionScope scope) =>
        scope.Items[TopicItem].Read(static value => ReadTopic(value.Span));

    public static SubscriptionConfig Subscription(Definition definition) =>
        definition.Read(static value => ReadSubscription(value.Span));

    /// <summary>A queue or an endpoint is subscribed to a topic once.</summary>
    public static string ItemOf(SubscriptionConfig subscription) =>
        subscription.Endpoint ?? subscription.Queue.ToString();

    /// <summary>In the order of their queues.</summary>
    public static IEnumerable<SubscriptionConfig> Subscriptions(DefinitionScope scope) =>
        scope.Items.Where(item => item.Key != TopicItem).Select(item => Subscription(item.Value));
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Converters = [typeof(TextMapConverter)])]
[JsonSerializable(typeof(TopicConfig))]
[JsonSerializable(typeof(SubscriptionConfig))]
internal sealed partial class TopicJson : JsonSerializerContext;
