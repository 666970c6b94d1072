using Weir.Protocols.Rest.Webhooks;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Lists the webhooks of the account in the region, of which there are at most a thousand.</summary>
internal sealed class ListWebhooksOperation : RestOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/webhooks";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        var outcome = await call.Backend.Webhooks.ListAsync(call.Identity.Account, call.Identity.Region);
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await RestAnswer.WriteAsync(call.Context, 200, json =>
        {
            json.WriteStartArray("webhooks");
            foreach (var (name, webhook) in outcome.Value)
            {
                json.WriteStartObject();
                WebhookAnswer.Write(json, name, webhook);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        return null;
    }
}
