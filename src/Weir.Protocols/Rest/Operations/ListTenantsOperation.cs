using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Lists the tenants, in the order of their accounts.</summary>
internal sealed class ListTenantsOperation : AdminOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/admin/tenants";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        var outcome = await call.Backend.Tenants.ListAsync();
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await RestAnswer.WriteAsync(call.Context, 200, json => AdminAnswer.WriteAll(
            json, "tenants", outcome.Value, (item, tenant) => AdminAnswer.Write(
                item, tenant.Account, tenant.Tenant, call.Broker.Placements.Find(tenant.Account))));
        return null;
    }
}
