using System.Text;
using System.Text.Json.Nodes;
using Weir.Broker.Buses;
using Weir.Broker.Tenants;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Sets the policy of an event bus, or a statement of it.</summary>
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
        AwsError? refusal = null;
        var outcome = await call.Backend.Buses.ConfigureAsync(bus, config =>
        {
            var edited = edit!(config.Policy);
            refusal = Check(edited);
            return refusal is null ? config with { Policy = edited } : new Fault(FaultCode.InvalidValue, "");
        });
        return refusal ?? (outcome.IsOk ? null : EventErrors.From(outcome.Fault));
    }

    private static AwsError? Check(string policy)
    {
        var max = PolicyScopes.Bus.BytesMax;
        if (Encoding.UTF8.GetByteCount(policy) > max) return EventErrors.PolicyTooLong(max);
        return PolicyScopes.Check(policy, PolicyScopes.Bus) is { } problem
            ? EventErrors.Invalid($"Policy: {problem}")
            : null;
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
        if (given.IsAbsent) return policy => Set(policy, bus, id, principal, null);
        if (EventInput.Required(call, given, EventMembers.Type) is not { } type) return null;
        if (EventInput.Required(call, given, EventMembers.Key) is not { } key) return null;
        if (EventInput.Required(call, given, EventMembers.Value) is not { } value) return null;
        return policy => Set(policy, bus, id, principal, new JsonObject
        {
            [type] = new JsonObject { [key] = value },
        });
    }

    private static string Set(string? policy, BusName bus, string id, string principal, JsonObject? condition)
    {
        var statement = PolicyEditor.Grant(id, [principal], ["events:PutEvents"], EventArn.Write(bus), isBareOne: true);
        if (principal == "*") statement["Principal"] = principal;
        if (condition is not null) statement["Condition"] = condition.DeepClone();
        return PolicyEditor.Set(policy, new JsonObject { ["Version"] = "2012-10-17" }, statement);
    }
}
