using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Deletes a rule that has no targets; deleting what is not there is no error.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html
internal sealed class DeleteRuleOperation : AwsOperation
{
    public override string Name => "DeleteRule";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Rule(call) is not { } name || EventInput.Bus(call) is not { } bus) return call.Fault;
        var outcome = await call.Backend.Buses.DeleteRuleAsync(bus, name);
        return outcome.IsOk ? null : EventErrors.From(outcome.Fault);
    }
}
