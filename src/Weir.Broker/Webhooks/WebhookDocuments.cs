using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Engine.Definitions;

namespace Weir.Broker.Webhooks;

/// <summary>A webhook's definition on disk, as JSON. Members that a later version adds have a default.</summary>
internal static class WebhookDocuments
{
    public static ReadOnlyMemory<byte> Write(WebhookConfig webhook) =>
        JsonSerializer.SerializeToUtf8Bytes(webhook, WebhookJson.Default.WebhookConfig);

    public static WebhookConfig Read(Definition definition) => definition.Read(static value =>
        JsonSerializer.Deserialize(value.Span, WebhookJson.Default.WebhookConfig)!);
}

// All is written, so that nothing depends on a default that a reader would give.
[JsonSerializable(typeof(WebhookConfig))]
internal sealed partial class WebhookJson : JsonSerializerContext;
