using Weir.Protocols.Rest.Webhooks;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Tells what a webhook is, and what it did since the server started.</summary>
internal sealed class GetWebhookOperation : RestOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/webhooks/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (RestWebhook.NameOf(call) is not { } name) return RestWebhook.InvalidName;
        var found = await call.Backend.Webhooks.GetAsync(name);
        if (!found.IsOk) return Problems.From(found.Fault);
        await RestAnswer.WriteAsync(call.Context, 200, json =>
        {
            WebhookAnswer.Write(json, name.Name, found.Value);
            if (call.Backend.Push?.FiguresOf(name.RouteId) is { } figures) WebhookAnswer.Write(json, figures);
        });
        return null;
    }
}
