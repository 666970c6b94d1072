using Weir.Broker.Webhooks;
using Weir.Engine;
using Weir.Protocols.Rest.Webhooks;

namespace Weir.Protocols.Rest.Operations;

/// <summary>
/// Gives a webhook another secret, which the answer has. The one before signs beside it until the next change of
/// secrets, so that receivers can change over.
/// </summary>
internal sealed class RotateWebhookSecretOperation : RestOperation
{
    public override string Method => "POST";

    public override string Path => "/_weir/webhooks/{name}/secret";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (RestWebhook.NameOf(call) is not { } name) return RestWebhook.InvalidName;
        var secret = WebhookDirectory.NewSecret();
        var sealedSecret = await call.Backend.Webhooks.SealAsync(name, secret);
        if (!sealedSecret.IsOk) return Problems.From(sealedSecret.Fault);
        var outcome = await call.Backend.Webhooks.PutAsync(name, present => present is null
            ? new Fault(FaultCode.ResourceNotFound, $"There is no webhook {name.Name}.")
            : present with
            {
                SealedSecrets = [sealedSecret.Value, .. present.SealedSecrets.Take(WebhookConfig.SecretsMax - 1)],
            });
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await call.TellAsync("RotateWebhookSecret");
        await RestAnswer.WriteAsync(call.Context, 200, json => json.WriteString("secret", secret));
        return null;
    }
}
