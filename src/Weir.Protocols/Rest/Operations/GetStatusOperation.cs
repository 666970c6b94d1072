namespace Weir.Protocols.Rest.Operations;

/// <summary>Tells what became of a message so far.</summary>
internal sealed class GetStatusOperation : RestOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/messages/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!call.Backend.Tokens.TryParse(call.Name, call.Identity.Account, out var token))
            return Problems.NoSuchMessage;
        var wait = Preferences.Wait(call);
        var status = await call.Backend.Statuses.WaitAsync(
            call.Identity.Account, token, wait ?? 0, call.Context.RequestAborted);
        if (!status.IsOk)
        {
            return status.Fault.Code == Engine.FaultCode.ResourceNotFound
                ? Problems.NoSuchMessage
                : Problems.From(status.Fault);
        }

        if (wait is { } seconds) Preferences.Applied(call, seconds);
        await RestAnswer.WriteAsync(call.Context, 200, json => StatusWriter.Write(json, call, status.Value));
        return null;
    }
}
