using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;

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
            if (isAll) return config with { Policy = null };
            var shrunk = PolicyEditor.Remove(config.Policy, id!);
            isFound = shrunk is not null;
            return shrunk is var (policy, left)
                ? config with { Policy = left == 0 ? null : policy }
                : new Fault(FaultCode.ResourceNotFound, "");
        });
        if (!isFound) return EventErrors.NotFound("Statement with the provided id does not exist.");
        return outcome.IsOk ? null : EventErrors.From(outcome.Fault);
    }
}
