using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Lists all quotas, and what was refused for them since the server started.</summary>
internal sealed class ListQuotasOperation : AdminOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/admin/quotas";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        var outcome = await call.Backend.Quotas.ListAsync();
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await RestAnswer.WriteAsync(call.Context, 200, json => AdminAnswer.WriteAll(
            json, "quotas", outcome.Value, (item, one) => AdminAnswer.Write(
                item, one.Name, one.Quotas, call.Backend.Admission.FiguresOf(one.Name))));
        return null;
    }
}
