using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Deletes an API destination; what rules send to it then goes to their dead-letter queues.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteApiDestination.html
internal sealed class DeleteApiDestinationOperation : AwsOperation
{
    public override string Name => "DeleteApiDestination";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EndpointInput.Name(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Endpoints.DeleteDestinationAsync(name);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        return null;
    }
}
