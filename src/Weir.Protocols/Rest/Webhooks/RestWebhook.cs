using Weir.Broker.Webhooks;
using Weir.Engine;

namespace Weir.Protocols.Rest.Webhooks;

/// <summary>What the operations of webhooks share.</summary>
internal static class RestWebhook
{
    public static Problem InvalidName { get; } = Problems.Invalid("invalid-name",
        $"A webhook's name is of 1 to {WebhookName.LengthMax} letters, digits, '-' and '_'.");

    /// <summary>The webhook that the path names; null when nothing can have that name.</summary>
    public static WebhookName? NameOf(RestCall call) => WebhookName.IsName(call.Name)
        ? new WebhookName(call.Identity.Account, call.Identity.Region, call.Name)
        : null;

    public static async ValueTask<Outcome<string>?> SealAsync(RestCall call, WebhookName name, string secret) =>
        await call.Backend.Webhooks.SealAsync(name, secret);
}
