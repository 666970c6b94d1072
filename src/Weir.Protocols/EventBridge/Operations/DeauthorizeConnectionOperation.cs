using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Forgets the secrets of a connection; nothing is called by it until it is given new ones.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeauthorizeConnection.html
internal sealed class DeauthorizeConnectionOperation : AwsOperation
{
    public override string Name => "DeauthorizeConnection";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EndpointInput.Name(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Endpoints.ConfigureAsync(name, present => present with
        {
            Secret = null,
            TokenParameters = [.. present.TokenParameters.Where(parameter => parameter.Secret is null)],
            Parameters = [.. present.Parameters.Where(parameter => parameter.Secret is null)],
        });
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        ConnectionWriter.WriteState(call, name, outcome.Value);
        return null;
    }
}
