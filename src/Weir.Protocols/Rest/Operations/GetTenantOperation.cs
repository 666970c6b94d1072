using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Tells of one tenant.</summary>
internal sealed class GetTenantOperation : AdminOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/admin/tenants/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!IsAccount(call)) return InvalidAccount;
        var outcome = await call.Backend.Tenants.GetAsync(call.Name);
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await RestAnswer.WriteAsync(call.Context, 200, json => AdminAnswer.Write(
            json, call.Name, outcome.Value, call.Broker.Placements.Find(call.Name)));
        return null;
    }
}
