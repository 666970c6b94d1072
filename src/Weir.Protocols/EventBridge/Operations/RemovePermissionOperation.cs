using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Removes a statement of an event bus's policy, or all of them.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemovePermission.html
internal sealed class RemovePermissionOperation : AwsOperation
{
    public override string Name => "RemovePermission";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Bus(call) is not { } bus) return call.Fault;
        var isAll = call.Input[EventMembers.RemoveAllPermissions].Boolean() ?? false;
        var id = call.Input[EventMembers.StatementId].Text();
        if (call.Fault is not null) return call.Fault;
        if (id is null && !isAll) return EventErrors.Invalid("Parameter StatementId is required.");
        var isFound = true;
        var outcome = await call.Backend.Buses.ConfigureAsync(bus, config =>
        {
            (isFound, var policy) = isAll ? (true, null) : BusPolicy.Remove(config.Policy, id!);
            return isFound ? config with { Policy = policy } : new Fault(FaultCode.ResourceNotFound, "");
        });
        if (!isFound) return EventErrors.NotFound("Statement with the provided id does not exist.");
        return outcome.IsOk ? null : EventErrors.From(outcome.Fault);
    }
}
