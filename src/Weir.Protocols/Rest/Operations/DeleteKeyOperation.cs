using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Deletes an access key, which counts no more at once.</summary>
internal sealed class DeleteKeyOperation : AdminOperation
{
    public override string Method => "DELETE";

    public override string Path => "/_weir/admin/keys/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        var outcome = await call.Backend.Keys.DeleteAsync(call.Name);
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await call.TellAsync("DeleteKey");
        RestAnswer.WriteNothing(call.Context);
        return null;
    }
}
