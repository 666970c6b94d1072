using Weir.Protocols.Rest.Webhooks;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Tells of a webhook's last attempts since the server started, at most a hundred, the oldest first.
/// </summary>
internal sealed class ListWebhookAttemptsOperation : RestOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/webhooks/{name}/attempts";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (RestWebhook.NameOf(call) is not { } name) return RestWebhook.InvalidName;
        var found = await call.Backend.Webhooks.GetAsync(name);
        if (!found.IsOk) return Problems.From(found.Fault);
        await RestAnswer.WriteAsync(call.Context, 200, json =>
        {
            json.WriteStartArray("attempts");
            foreach (var attempt in call.Backend.Push?.HistoryOf(name.RouteId) ?? [])
                WebhookAnswer.Write(json, attempt);
            json.WriteEndArray();
        });
        return null;
    }
}
