using Weir.Broker.Buses;
using Weir.Broker.Tenants;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>
/// Sets the policy of an event bus, or a statement of it. Weir keeps and answers it, but does not enforce it yet.
/// </summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html
internal sealed class PutPermissionOperation : AwsOperation
{
    public override string Name => "PutPermission";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Bus(call) is not { } bus) return call.Fault;
        var policy = call.Input[EventMembers.Policy].Text();
        var edit = policy is null ? ReadStatement(call, bus) : _ => policy;
        if (call.Fault is not null) return call.Fault;
        if (policy is not null && !BusPolicy.IsValid(policy))
            return EventErrors.Invalid("Policy: it is no JSON object with a Statement.");
        var isTooLong = false;
        var outcome = await call.Backend.Buses.ConfigureAsync(bus, config =>
        {
            var edited = edit!(config.Policy);
            isTooLong = edited.Length > BusPolicy.LengthMax;
            return isTooLong ? new Fault(FaultCode.InvalidValue, "") : config with { Policy = edited };
        });
        if (isTooLong) return EventErrors.PolicyTooLong(BusPolicy.LengthMax);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        EventLog.PolicyNotEnforced(call.Log, bus);
        return null;
    }

    private static Func<string?, string>? ReadStatement(AwsCall call, BusName bus)
    {
        if (EventInput.Required(call, EventMembers.StatementId) is not { } id) return null;
        if (EventInput.Required(call, EventMembers.Action) is not { } action) return null;
        if (EventInput.Required(call, EventMembers.Principal) is not { } principal) return null;
        if (!NameText.IsStatement(id))
            call.Refuse(EventErrors.Constraint(id, "StatementId", "Member must satisfy [a-zA-Z0-9-_]+"));
        else if (action != "events:PutEvents")
            call.Refuse(EventErrors.Invalid("Provided value in parameter 'action' is not supported."));
        else if (principal != "*" && !AccessKey.IsAccount(principal))
            call.Refuse(EventErrors.Constraint(principal, "Principal", @"Member must satisfy (\d{12}|\*)"));
        var given = call.Input[EventMembers.Condition];
        if (call.Fault is not null) return null;
        if (given.IsAbsent) return policy => BusPolicy.Add(policy, bus, id, action, principal, null);
        if (EventInput.Required(call, given, EventMembers.Type) is not { } type) return null;
        if (EventInput.Required(call, given, EventMembers.Key) is not { } key) return null;
        if (EventInput.Required(call, given, EventMembers.Value) is not { } value) return null;
        return policy => BusPolicy.Add(policy, bus, id, action, principal, (type, key, value));
    }
}
