using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Changes what of an API destination the request names.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateApiDestination.html
internal sealed class UpdateApiDestinationOperation : AwsOperation
{
    public override string Name => "UpdateApiDestination";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EndpointInput.Name(call) is not { } name) return call.Fault;
        if (ApiDestinationInput.Read(call, isNew: false) is not { } set) return call.Fault;
        var outcome = await call.Backend.Endpoints.ConfigureAsync(name, set);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        var isActive = call.Backend.Endpoints.IsActive(name, outcome.Value);
        ApiDestinationWriter.WriteState(call, name, outcome.Value, isActive);
        return null;
    }
}
