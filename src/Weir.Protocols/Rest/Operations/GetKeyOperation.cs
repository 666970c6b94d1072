using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Tells of one access key.</summary>
internal sealed class GetKeyOperation : AdminOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/admin/keys/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        var outcome = await call.Backend.Keys.GetAsync(call.Name);
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await RestAnswer.WriteAsync(call.Context, 200, json => AdminAnswer.Write(json, call.Name, outcome.Value));
        return null;
    }
}
