using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Deletes an event bus that has no rules; deleting what is not there is no error.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteEventBus.html
internal sealed class DeleteEventBusOperation : AwsOperation
{
    public override string Name => "DeleteEventBus";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.NewBus(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Buses.DeleteAsync(name);
        return outcome.IsOk ? null : EventErrors.From(outcome.Fault);
    }
}
