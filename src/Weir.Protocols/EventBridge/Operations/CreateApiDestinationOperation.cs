using Weir.Broker.Endpoints;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Creates an API destination, which rules can then have as their target.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html
internal sealed class CreateApiDestinationOperation : AwsOperation
{
    public override string Name => "CreateApiDestination";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EndpointInput.Name(call) is not { } name) return call.Fault;
        if (ApiDestinationInput.Read(call, isNew: true) is not { } set) return call.Fault;
        var destination = set(new ApiDestinationConfig
        {
            Name = name.Name,
            Id = call.Broker.Ids.NewId(),
            Connection = "",
            ConnectionId = Guid.Empty,
            Method = "",
            Endpoint = "",
            RatePerSecond = ApiDestinationConfig.RateDefault,
        });
        var outcome = await call.Backend.Endpoints.CreateAsync(name, destination);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        var isActive = call.Backend.Endpoints.IsActive(name, outcome.Value);
        ApiDestinationWriter.WriteState(call, name, outcome.Value, isActive);
        return null;
    }
}
