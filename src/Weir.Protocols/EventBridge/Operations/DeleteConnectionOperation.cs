using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Deletes a connection with its secrets; API destinations that use it become inactive.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteConnection.html
internal sealed class DeleteConnectionOperation : AwsOperation
{
    public override string Name => "DeleteConnection";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EndpointInput.Name(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Endpoints.DeleteConnectionAsync(name);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        ConnectionWriter.WriteState(call, name, outcome.Value, ConnectionWriter.Deleting);
        return null;
    }
}
