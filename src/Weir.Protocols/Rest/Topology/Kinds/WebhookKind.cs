using System.Text.Json.Nodes;
using Weir.Broker.Webhooks;
using Weir.Protocols.Rest.Operations;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>Weir's webhooks, by the members of its own API. Weir makes the secret of one that is new.</summary>
internal sealed class WebhookKind : TopologyKind
{
    public override string Name => "webhook";

    public override string Section => "webhooks";

    public override bool IsWhole => true;

    public override Shape Shape { get; } = Shape.Struct(
    [
        .. Shape.All(Shape.Text, "queue", "url", "deadLetterQueue"),
        ("paused", Shape.Flag),
        .. Shape.All(Shape.Number, "retries", "maxAgeSeconds", "concurrency", "timeoutSeconds", "ratePerSecond"),
        ("secret", Shape.Secret),
    ]) with
    {
        Required = ["queue", "url"],
    };

    public override JsonObject DefaultsOf(TopologyItem item) => new()
    {
        ["paused"] = false,
        ["retries"] = WebhookConfig.RetriesDefault,
        ["maxAgeSeconds"] = WebhookConfig.AgeSecondsDefault,
        ["concurrency"] = WebhookConfig.ConcurrencyDefault,
        ["timeoutSeconds"] = WebhookConfig.TimeoutSecondsDefault,
    };

    public override async ValueTask<IReadOnlyList<TopologyItem>> ReadAsync(
        TopologyRoad road, string account, TopologyItem? parent)
    {
        var answer = await road.RestAsync(account, new ListWebhooksOperation());
        return [.. (answer["webhooks"] as JsonArray ?? []).Select(webhook => Item(
            road, account, null, webhook!["name"]!.ToString(), webhook.AsObject()))];
    }

    public override async ValueTask<JsonObject?> CreateAsync(TopologyRoad road, TopologyItem item)
    {
        var answer = await road.RestAsync(item.Account, new PutWebhookOperation(), item.Name, item.Members);
        var isMade = item.Members["secret"] is null && answer["secret"] is not null;
        return isMade ? new JsonObject { ["secret"] = answer["secret"]!.DeepClone() } : null;
    }

    public override async ValueTask UpdateAsync(TopologyRoad road, TopologyChange change) =>
        await CreateAsync(road, change.Item);

    public override async ValueTask DeleteAsync(TopologyRoad road, TopologyItem item) =>
        await road.RestAsync(item.Account, new DeleteWebhookOperation(), item.Name);
}
