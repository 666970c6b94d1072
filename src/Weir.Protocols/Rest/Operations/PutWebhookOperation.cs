using Weir.Broker.Webhooks;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Rest.Webhooks;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Makes a webhook, or gives one another form. The answer to a new one has its secret, this once.</summary>
internal sealed class PutWebhookOperation : RestOperation
{
    public override string Method => "PUT";

    public override string Path => "/_weir/webhooks/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (RestWebhook.NameOf(call) is not { } name) return RestWebhook.InvalidName;
        var (input, wrong) = WebhookInput.Read(call.Body.Span);
        if (wrong is not null) return wrong;
        foreach (var queue in (string?[])[input!.Queue, input.DeadLetterQueue])
        {
            if (queue is null) continue;
            var found = await call.Broker.ExecuteAsync(
                new GetQueueCommand(new QueueName(name.Account, name.Region, queue)));
            if (!found.IsOk) return Problems.From(found.Fault);
        }

        var present = WebhookDirectory.Find(call.Broker.Definitions, name);
        var secret = input.Secret ?? (present is null ? WebhookDirectory.NewSecret() : null);
        var sealedSecret = secret is null ? null : await RestWebhook.SealAsync(call, name, secret);
        if (sealedSecret is { IsOk: false } refused) return Problems.From(refused.Fault);
        var isNew = false;
        var outcome = await call.Backend.Webhooks.PutAsync(name, before =>
        {
            isNew = before is null;

            // One that another request made meanwhile keeps the secret that its maker was told.
            var isKept = before is not null && input.Secret is null;
            IReadOnlyList<string> secrets = isKept ? before!.SealedSecrets
                : sealedSecret is { } one ? [one.Value] : [];
            return secrets.Count > 0
                ? input.ToConfig(name, before, secrets)
                : new Fault(FaultCode.ConfigChanged, "The webhook was deleted meanwhile; send the request again.");
        });
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await call.TellAsync("PutWebhook");
        await RestAnswer.WriteAsync(call.Context, isNew ? 201 : 200, json =>
        {
            WebhookAnswer.Write(json, name.Name, outcome.Value);
            if (isNew && secret is not null) json.WriteString("secret", secret);
        });
        return null;
    }
}
