using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Answers what a connection is like, without its secrets.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeConnection.html
internal sealed class DescribeConnectionOperation : AwsOperation
{
    public override string Name => "DescribeConnection";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EndpointInput.Name(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Endpoints.GetConnectionAsync(name);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        ConnectionWriter.WriteState(call, name, outcome.Value);
        ConnectionWriter.WriteName(call, outcome.Value);
        if (outcome.Value.Description is { } description) call.Answer.Text(EventMembers.Description, description);
        ConnectionWriter.WriteAuth(call, outcome.Value);
        return null;
    }
}
