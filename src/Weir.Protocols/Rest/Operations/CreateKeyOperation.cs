using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Makes an access key. The answer has its secret, this once.</summary>
internal sealed class CreateKeyOperation : AdminOperation
{
    public override string Method => "POST";

    public override string Path => "/_weir/admin/keys";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        var (input, wrong) = AdminJson.Read(
            call.Body.Span, AdminJson.Default.KeyInput, static input => input.Check());
        if (wrong is not null) return wrong;
        var outcome = await call.Backend.Keys.CreateAsync(
            input!.Tenant!, input.User, input.Admin, input.Id, input.Secret, KeyPolicies.Texts(input.Policies));
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        var key = outcome.Value;
        await call.TellAsync("CreateKey", key.Id);
        await RestAnswer.WriteAsync(call.Context, 201, json =>
        {
            json.WriteString("id", key.Id);
            json.WriteString("tenant", key.Account);
            if (key.User is not null) json.WriteString("user", key.User);
            json.WriteBoolean("admin", key.IsAdmin);
            json.WriteString("secret", key.Secret);
        });
        return null;
    }
}
