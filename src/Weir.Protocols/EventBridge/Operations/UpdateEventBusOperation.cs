using Weir.Broker.Buses;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Changes what is given of an event bus, and leaves the rest as it is.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateEventBus.html
internal sealed class UpdateEventBusOperation : AwsOperation
{
    public override string Name => "UpdateEventBus";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var isNamed = !call.Input[EventMembers.Name].IsAbsent;
        var name = isNamed ? EventInput.NewBus(call) : EventInput.Bus(call);
        if (name is null) return call.Fault;
        if (await BusAttributes.ReadAsync(call) is not { } set) return call.Fault;
        var written = new BusConfig();
        var outcome = await call.Backend.Buses.ConfigureAsync(name, config => written = set(config));
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        call.Answer.Text(EventMembers.Arn, EventArn.Write(name));
        call.Answer.Text(EventMembers.Name, name.Name);
        BusAttributes.Write(call, written);
        return null;
    }
}
