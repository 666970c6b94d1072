using Weir.Broker.Tenants;
using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Sets the quotas of a tenant, or of all that have none of their own, from the next request on.</summary>
internal sealed class PutQuotaOperation : AdminOperation
{
    public override string Method => "PUT";

    public override string Path => "/_weir/admin/quotas/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!QuotaDirectory.IsName(call.Name)) return InvalidQuotaName;
        var (input, wrong) = AdminJson.Read(
            call.Body.Span, AdminJson.Default.QuotaInput, static input => input.Check());
        if (wrong is not null) return wrong;
        var quotas = input!.ToQuotas();
        var outcome = await call.Backend.Quotas.PutAsync(call.Name, quotas);
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await call.TellAsync("PutQuota");
        await RestAnswer.WriteAsync(call.Context, 200, json => AdminAnswer.Write(
            json, call.Name, quotas, call.Backend.Admission));
        return null;
    }
}
