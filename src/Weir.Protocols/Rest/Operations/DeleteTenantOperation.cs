using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Deletes a tenant that has nothing any more.</summary>
internal sealed class DeleteTenantOperation : AdminOperation
{
    public override string Method => "DELETE";

    public override string Path => "/_weir/admin/tenants/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!IsAccount(call)) return InvalidAccount;
        var outcome = await call.Backend.Tenants.DeleteAsync(call.Name);
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await call.TellAsync("DeleteTenant");
        RestAnswer.WriteNothing(call.Context);
        return null;
    }
}
