using Weir.Protocols.Rest.Webhooks;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Ends a webhook. Its queue stays, with what is in it.</summary>
internal sealed class DeleteWebhookOperation : RestOperation
{
    public override string Method => "DELETE";

    public override string Path => "/_weir/webhooks/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (RestWebhook.NameOf(call) is not { } name) return RestWebhook.InvalidName;
        var outcome = await call.Backend.Webhooks.DeleteAsync(name);
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await call.TellAsync("DeleteWebhook");
        RestAnswer.WriteNothing(call.Context);
        return null;
    }
}
