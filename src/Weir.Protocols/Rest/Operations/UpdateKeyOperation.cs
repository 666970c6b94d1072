using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Disables an access key or lets it count again, or changes what it may do.</summary>
internal sealed class UpdateKeyOperation : AdminOperation
{
    public override string Method => "PUT";

    public override string Path => "/_weir/admin/keys/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        var (input, wrong) = AdminJson.Read(
            call.Body.Span, AdminJson.Default.KeyChange, static input => input.Check());
        if (wrong is not null) return wrong;
        var outcome = await call.Backend.Keys.UpdateAsync(
            call.Name, input!.Disabled, KeyPolicies.Texts(input.Policies));
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await call.TellAsync("UpdateKey");
        await RestAnswer.WriteAsync(call.Context, 200, json => AdminAnswer.Write(json, call.Name, outcome.Value));
        return null;
    }
}
