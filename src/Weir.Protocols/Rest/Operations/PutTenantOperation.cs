using Weir.Engine;
using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Makes a tenant, renames, suspends or resumes it.</summary>
internal sealed class PutTenantOperation : AdminOperation
{
    public override string Method => "PUT";

    public override string Path => "/_weir/admin/tenants/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!IsAccount(call)) return InvalidAccount;
        var (input, wrong) = AdminJson.Read(
            call.Body.Span, AdminJson.Default.TenantInput, static input => input.Check());
        if (wrong is not null) return wrong;
        var isNew = false;
        var outcome = await call.Backend.Tenants.PutAsync(call.Name, present =>
        {
            isNew = present is null;
            var edited = input!.Apply(present);
            if (edited.IsSuspended && present is not { IsSuspended: true } && !call.Backend.Ring.IsOpen
                && !call.Backend.Ring.HasAdminOutside(call.Name))
                return LastAdmin(call.Name);
            return edited;
        });
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await call.TellAsync("PutTenant");
        await RestAnswer.WriteAsync(
            call.Context, isNew ? 201 : 200, json => AdminAnswer.Write(json, call.Name, outcome.Value));
        return null;
    }

    private static Fault LastAdmin(string account) => new(FaultCode.InvalidValue,
        $"Tenant {account} has the only keys that may use the admin API: nobody could resume it. Make an admin key of "
        + "another tenant first.");
}
