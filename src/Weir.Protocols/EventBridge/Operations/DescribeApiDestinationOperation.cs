using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Answers what an API destination is like.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeApiDestination.html
internal sealed class DescribeApiDestinationOperation : AwsOperation
{
    public override string Name => "DescribeApiDestination";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EndpointInput.Name(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Endpoints.GetDestinationAsync(name);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        var isActive = call.Backend.Endpoints.IsActive(name, outcome.Value);
        ApiDestinationWriter.WriteState(call, name, outcome.Value, isActive);
        ApiDestinationWriter.Write(call, name, outcome.Value);
        if (outcome.Value.Description is { } description) call.Answer.Text(EventMembers.Description, description);
        return null;
    }
}
