using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>
/// Lists all quotas, how tenants that have their own stand by them, and which tenants are held back now.
/// </summary>
internal sealed class ListQuotasOperation : AdminOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/admin/quotas";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        var outcome = await call.Backend.Quotas.ListAsync();
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        var admission = call.Backend.Admission;
        await RestAnswer.WriteAsync(call.Context, 200, json =>
        {
            AdminAnswer.WriteAll(json, "quotas", outcome.Value, (item, one) => AdminAnswer.Write(
                item, one.Name, one.Quotas, admission));
            AdminAnswer.WriteAll(json, "held", admission.Held(), (item, account) =>
            {
                item.WriteString("account", account);
                AdminAnswer.WriteStanding(item, admission.StandingOf(account));
            });
        });
        return null;
    }
}
