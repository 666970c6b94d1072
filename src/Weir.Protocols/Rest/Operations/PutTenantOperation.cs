using Weir.Engine;
using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Makes a tenant, renames, suspends, resumes or moves it. Answers a move when it has ended, unless
/// <c>respond-async</c> is preferred; it goes on when the caller does not wait.</summary>
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
        if (input!.ToSilo is { } toSilo && await MoveAsync(call, toSilo) is { } unmoved) return unmoved;
        await call.TellAsync("PutTenant");
        await RestAnswer.WriteAsync(call.Context, isNew ? 201 : 200, json => AdminAnswer.Write(
            json, call.Name, outcome.Value, call.Broker.Placements.Find(call.Name)));
        return null;
    }

    private static Fault LastAdmin(string account) => new(FaultCode.InvalidValue,
        $"Tenant {account} has the only keys that may use the admin API: nobody could resume it. Make an admin key of "
        + "another tenant first.");

    private static async ValueTask<Problem?> MoveAsync(RestCall call, bool toSilo)
    {
        var move = call.Broker.Placements.MoveAsync(call.Name, toSilo);
        if (!move.IsCompleted && Preferences.IsAsync(call)) return null;
        var moved = await move.WaitAsync(call.Context.RequestAborted);
        return moved.IsOk ? null : Problems.From(moved.Fault);
    }
}
