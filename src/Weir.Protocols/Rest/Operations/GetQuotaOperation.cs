using Weir.Broker.Tenants;
using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Tells which quotas hold for a tenant, how it stands by them, and which hold it back since when.</summary>
internal sealed class GetQuotaOperation : AdminOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/admin/quotas/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!QuotaDirectory.IsName(call.Name)) return InvalidQuotaName;
        var listed = await call.Backend.Quotas.ListAsync();
        if (!listed.IsOk) return Problems.From(listed.Fault);
        var of = new[] { call.Name, QuotaDirectory.Default }
            .FirstOrDefault(name => listed.Value.Any(quotas => quotas.Name == name));
        if (of is null && call.Name == QuotaDirectory.Default)
            return new Problem(404, "not-found", "There is no such thing", "There are no default quotas.");
        var found = listed.Value.FirstOrDefault(quotas => quotas.Name == of).Quotas ?? new TenantQuotas();
        await RestAnswer.WriteAsync(call.Context, 200, json =>
        {
            AdminAnswer.Write(json, call.Name, found, call.Backend.Admission);
            if (of != call.Name) json.WriteString("from", of ?? "nowhere");
        });
        return null;
    }
}
