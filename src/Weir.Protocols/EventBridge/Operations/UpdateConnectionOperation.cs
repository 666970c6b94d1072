using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Changes what of a connection the request names.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateConnection.html
internal sealed class UpdateConnectionOperation : AwsOperation
{
    public override string Name => "UpdateConnection";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EndpointInput.Name(call) is not { } name) return call.Fault;
        if (ConnectionInput.Read(call) is not { } input) return call.Fault;
        var now = call.Broker.Time.GetUtcNow();
        var outcome = await call.Backend.Endpoints.ConfigureAsync(
            name, present => input.ApplyTo(present, isNew: false, now));
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        ConnectionWriter.WriteState(call, name, outcome.Value);
        return null;
    }
}
