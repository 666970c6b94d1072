using Weir.Broker.Buses;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Creates an event bus.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html
internal sealed class CreateEventBusOperation : AwsOperation
{
    public override string Name => "CreateEventBus";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.NewBus(call) is not { } name) return call.Fault;
        var source = call.Input[EventMembers.EventSourceName].Text();
        if (EventTags.Read(call) is not { } tags) return call.Fault;
        if (await BusAttributes.ReadAsync(call) is not { } set) return call.Fault;
        if (source is not null) return EventErrors.Unserved("EventSourceName", "it has no partner event sources.");
        if (name.Name.Contains('/', StringComparison.Ordinal))
            return EventErrors.Invalid("Event bus name must not contain '/'.");
        var config = set(new BusConfig { Tags = tags });
        var outcome = await call.Backend.Buses.CreateAsync(name, config);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        call.Answer.Text(EventMembers.EventBusArn, EventArn.Write(name));
        BusAttributes.Write(call, config);
        return null;
    }
}
