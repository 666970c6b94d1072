using Weir.Broker.Tenants;
using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Takes quotas away: those of all others hold, or none.</summary>
internal sealed class DeleteQuotaOperation : AdminOperation
{
    public override string Method => "DELETE";

    public override string Path => "/_weir/admin/quotas/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!QuotaDirectory.IsName(call.Name)) return InvalidQuotaName;
        var outcome = await call.Backend.Quotas.DeleteAsync(call.Name);
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await call.TellAsync("DeleteQuota");
        await RestAnswer.WriteAsync(call.Context, 204, contentType: null, body: default);
        return null;
    }
}
