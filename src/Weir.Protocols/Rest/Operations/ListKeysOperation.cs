using Weir.Broker.Tenants;
using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Lists the access keys of all tenants, or of one.</summary>
internal sealed class ListKeysOperation : AdminOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/admin/keys";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        var tenant = call.Context.Request.Query["tenant"].ToString();
        if (tenant.Length > 0 && !AccessKey.IsAccount(tenant)) return InvalidAccount;
        var outcome = await call.Backend.Keys.ListAsync(tenant.Length > 0 ? tenant : null);
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await RestAnswer.WriteAsync(call.Context, 200, json => AdminAnswer.WriteAll(
            json, "keys", outcome.Value, (item, key) => AdminAnswer.Write(item, key.Id, key.Key)));
        return null;
    }
}
